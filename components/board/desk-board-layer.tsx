import { useState } from 'preact/hooks'
import type { TicketBoard } from '../../desk/board/ticket-board.ts'
import { m } from '../../paraglide/messages.js'
import type { SurfaceId } from '../../protocol/board.ts'
import { Notice } from '../ui/notice.tsx'
import { BoardLayer } from './board-layer.tsx'
import type { Drawing } from './drawing.ts'

type Props = { board: TicketBoard; drawing: Drawing; surface: SurfaceId }

/** Where the technician draws; says so when the board is full, until something was erased. */
export function DeskBoardLayer({ board, drawing, surface }: Props) {
  const [full, setFull] = useState(false)
  return (
    <>
      <BoardLayer shared={board} surface={surface} drawing={drawing} onFull={() => setFull(true)} />
      {full && !board.board.hasRoom(0) && (
        <div class="board-full">
          <Notice tone="waiting" title={m.board_full()} />
        </div>
      )}
    </>
  )
}
