import type { PaintAnnotations } from '../../desk/media/looking.ts'
import { type Item, inOrder, numberSteps } from '../../peer/board/item.ts'
import type { SharedBoard } from '../../peer/board/shared-board.ts'
import type { SurfaceId } from '../../protocol/board.ts'
import { WIDE } from './geometry.ts'
import { paintItem, pathOf } from './paint.ts'
import { paintLive } from './paint-live.ts'

/** Draws what is on a board's surface over a picture that is kept, with what both sides are drawing just now. */
export function paintAnnotations(
  shared: Pick<SharedBoard, 'board' | 'theirs' | 'mine'>,
  surface: SurfaceId,
): PaintAnnotations {
  /** A film paints the same many times. */
  let paths = new WeakMap<Item, Path2D>()
  let high = 0
  const { board } = shared
  return (context, { width, height }) => {
    const shape = (height * WIDE) / width
    if (shape !== high) {
      paths = new WeakMap()
      high = shape
    }
    const numbers = numberSteps(board.items)
    const items = [...board.items].filter(([, item]) => item.surface === surface).sort(inOrder)
    context.save()
    context.scale(width / WIDE, width / WIDE)
    for (const [id, item] of items) paintItem(context, item, high, pathFor(item), numbers.get(id) ?? 0)
    paintLive(context, shared, surface, high)
    context.restore()
  }

  function pathFor(item: Item): Path2D | undefined {
    const path = paths.get(item) ?? pathOf(item, high)
    if (path) paths.set(item, path)
    return path
  }
}
