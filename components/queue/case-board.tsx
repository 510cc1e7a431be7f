import { useEffect, useReducer } from 'preact/hooks'
import type { TicketBoard } from '../../desk/board/ticket-board.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { mayOpenCase } from '../../desk/queue/rights.ts'
import { m } from '../../paraglide/messages.js'
import { BLANK, type SurfaceId } from '../../protocol/board.ts'
import { FIRST_SCREEN, screenOf } from '../../protocol/screens.ts'
import { BoardLayer } from '../board/board-layer.tsx'
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
  const surfaces = new Set([...board.board.items.values()].map(({ surface }) => surface))
  if (surfaces.size === 0) return <p class="board-none">{m.board_none()}</p>
  return (
    <div class="board-case">
      {[...surfaces].sort(byScreen).map((surface) => (
        <figure key={surface}>
          <figcaption>{captionOf(surface, surfaces)}</figcaption>
          <div class={`board-sheet ${surface === BLANK ? '' : 'board-sheet-screen'}`}>
            <BoardLayer shared={board} surface={surface} drawing={undefined} />
          </div>
        </figure>
      ))}
    </div>
  )
}

/** The screen is numbered where others were drawn on, too. */
function captionOf(surface: SurfaceId, all: ReadonlySet<SurfaceId>): string {
  if (surface === BLANK) return m.board_on_sheet()
  const number = screenOf(surface)
  const alone = number === FIRST_SCREEN && all.size - Number(all.has(BLANK)) === 1
  return alone || number === undefined ? m.board_on_screen() : m.board_on_screen_number({ number })
}

/** In the order of the screens, the sheet at the end. */
function byScreen(a: SurfaceId, b: SurfaceId): number {
  return Number(a === BLANK) - Number(b === BLANK) || (screenOf(a) ?? 1000) - (screenOf(b) ?? 1000)
}
