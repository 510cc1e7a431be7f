import { Presentation } from 'lucide-preact'
import { useEffect } from 'preact/hooks'
import type { TicketBoard } from '../../desk/board/ticket-board.ts'
import { m } from '../../paraglide/messages.js'
import { BLANK, type SurfaceId } from '../../protocol/board.ts'
import { announce } from '../desk/announce.tsx'
import { useShortcuts } from '../desk/shortcuts.ts'
import { Button } from '../ui/button.tsx'
import { useBoardNews } from './board-news.ts'
import { useDrawingKeys, useToolKeys } from './board-shortcuts.ts'
import { BoardTools, TOOLS } from './board-tools.tsx'
import type { Drawing } from './drawing.ts'

type Props = {
  board: TicketBoard
  drawing: Drawing
  /** The customer's. */
  name: string
  /** The screen that there is to draw on. */
  screen: SurfaceId | undefined
}

/** The technician's tools, the white sheet, and whether the customer may draw. */
export function DeskBoardTools({ board, drawing, name, screen }: Props) {
  const blank = drawing.blank.value
  const tool = drawing.tool.value
  const surface = blank ? BLANK : screen
  useBoardNews(board.board, ({ role, name: who }) => (role === 'customer' ? name : who), announce)
  useEffect(() => board.show(surface ?? null), [board, surface])
  useEffect(() => () => board.show(null), [board])
  useEffect(() => {
    if (tool !== 'look') board.prepare()
  }, [board, tool])
  const turn = () => {
    drawing.blank.value = !blank
  }
  useShortcuts({ w: turn })
  return (
    <>
      {surface && <Tools {...{ board, drawing, surface }} />}
      <Button kind="quiet" title={m.board_whiteboard()} aria-pressed={blank} shortcut="w" onClick={turn}>
        <Presentation aria-hidden="true" />
        <span class="tool-words">{m.board_whiteboard()}</span>
      </Button>
      {surface && (
        <label class="board-allow">
          <input
            type="checkbox"
            checked={board.mayDraw.value}
            onChange={({ currentTarget }) => board.allow(currentTarget.checked)}
          />
          {m.board_may_draw({ name })}
        </label>
      )}
    </>
  )
}

function Tools({ board, drawing, surface }: Pick<Props, 'board' | 'drawing'> & { surface: SurfaceId }) {
  useToolKeys(drawing)
  useDrawingKeys(drawing, board.board)
  useShortcuts({ C: () => board.board.clear(surface) })
  return <BoardTools board={board.board} surface={surface} drawing={drawing} tools={TOOLS} help="keys" />
}
