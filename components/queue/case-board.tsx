import { useEffect, useReducer } from 'preact/hooks'
import type { TicketBoard } from '../../desk/board/ticket-board.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { mayOpenCase } from '../../desk/queue/rights.ts'
import { m } from '../../paraglide/messages.js'
import { BLANK } from '../../protocol/board.ts'
import { BoardLayer } from '../board/board-layer.tsx'
import { surfaceName, surfacesOf } from '../board/surfaces.ts'
import { useWorkplace } from '../desk/context.ts'

/** What was drawn for a ticket: kept with it, and live for colleagues while somebody draws. */
export function CaseBoard({ entry: { header } }: { entry: QueueEntry }) {
  const { people, sessions } = useWorkplace().desk
  if (!mayOpenCase(header, people.looker.value)) return <p class="note-closed">{m.board_closed()}</p>
  return <Drawn board={sessions.board(header.id, header.group)} />
}

function Drawn({ board }: { board: TicketBoard }) {
  const [, changed] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const life = new AbortController()
    board.board.onChange(() => changed(undefined), life.signal)
    return () => life.abort()
  }, [board])
  const surfaces = surfacesOf(board.board)
  if (surfaces.length === 0) return <p class="board-none">{m.board_none()}</p>
  return (
    <div class="board-case">
      {surfaces.map((surface) => (
        <figure key={surface}>
          <figcaption>{surfaceName(surface, surfaces)}</figcaption>
          <div class={`board-sheet ${surface === BLANK ? '' : 'board-sheet-screen'}`}>
            <BoardLayer shared={board} surface={surface} drawing={undefined} />
          </div>
        </figure>
      ))}
    </div>
  )
}
