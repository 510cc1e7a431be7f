import { LASER_MS } from '../../peer/board/live-drawings.ts'
import type { SharedBoard } from '../../peer/board/shared-board.ts'
import type { SurfaceId } from '../../protocol/board.ts'
import { type Context, paintItem, paintLaser } from './paint.ts'

/**
 * Paints what both sides draw just now, and the light of their lasers, on a picture that is 1000 wide and `height` high.
 * @returns whether a light fades, so that it must be painted again
 */
export function paintLive(
  context: Context,
  { board, theirs, mine }: Pick<SharedBoard, 'board' | 'theirs' | 'mine'>,
  surface: SurfaceId,
  height: number,
): boolean {
  for (const [id, item] of [...theirs.drawings, ...mine.drawings]) {
    // What is finished is on the board before it is taken from here.
    if (item.surface === surface && !board.items.has(id)) paintItem(context, item, height, undefined, 0)
  }
  const now = performance.now()
  const spots = [...theirs.laser, ...mine.laser].filter((spot) => now - spot.at < LASER_MS)
  for (const spot of spots) {
    if (spot.surface === surface) paintLaser(context, spot, spot.colour, (now - spot.at) / LASER_MS, height)
  }
  return spots.length > 0
}
