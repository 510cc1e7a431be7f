import { m } from '../../paraglide/messages.js'
import type { BoardItems } from '../../peer/board/board.ts'
import { BLANK, type SurfaceId } from '../../protocol/board.ts'
import { FIRST_SCREEN, screenOf } from '../../protocol/screens.ts'

/** What was drawn on: in the order of the screens, the sheet at the end. */
export function surfacesOf({ items }: Pick<BoardItems, 'items'>): SurfaceId[] {
  return [...new Set([...items.values()].map(({ surface }) => surface))].sort(
    (a, b) => Number(a === BLANK) - Number(b === BLANK) || (screenOf(a) ?? 1000) - (screenOf(b) ?? 1000),
  )
}

/** The screen is numbered where others were drawn on, too. */
export function surfaceName(surface: SurfaceId, all: readonly SurfaceId[]): string {
  if (surface === BLANK) return m.board_on_sheet()
  const number = screenOf(surface)
  const alone = number === FIRST_SCREEN && all.filter((one) => one !== BLANK).length === 1
  return alone || number === undefined ? m.board_on_screen() : m.board_on_screen_number({ number })
}
