import type { Board } from '../../peer/board/board.ts'
import { type Item, type ItemId, inOrder, numberSteps } from '../../peer/board/item.ts'
import type { SurfaceId } from '../../protocol/board.ts'
import { type Box, boxOf, isHit, overlaps, type Point, union, WIDE } from './geometry.ts'
import { paintItem, pathOf } from './paint.ts'

/** Before this many things have gone at once it is cheaper to paint only where they were. */
const FEW = 50
/** Painting stops after so long, to go on in the next frame, in ms; it is looked at after so many things. */
const SLICE_MS = 10
const AT_ONCE = 20

/** Box and path: once they are needed. */
type Shown = { item: Item; box?: Box; path?: Path2D | undefined; number: number }

/** What is on the board of one surface, painted once; afterwards only where something changed. */
export type CommittedLayer = {
  /** In CSS pixels. @returns once all is seen, or another size came */
  resize(width: number, height: number): Promise<void>
  /** What an eraser of this reach touches, on a picture that is 1000 wide. */
  hits(at: Point, reach: number): ItemId[]
  /** How high a picture is that is 1000 wide. */
  readonly high: number
}

/** Follows the board until the signal. */
export function committedLayer(
  canvas: HTMLCanvasElement,
  board: Board,
  surface: SurfaceId,
  signal: AbortSignal,
): CommittedLayer {
  const shown = new Map<ItemId, Shown>()
  let numbers = numberSteps(board.items)
  let high = WIDE
  let scale = 1
  /** A painting of everything that is under way. */
  let whole: AbortController | undefined

  board.onChange(({ added, removed }) => {
    if (canvas.width > 0) changed([...added, ...removed])
  }, signal)
  signal.addEventListener('abort', () => whole?.abort())

  /** @returns as the item was seen, and is now. */
  function refresh(id: ItemId): Shown[] {
    const before = shown.get(id)
    const item = board.items.get(id)
    const seen = before ? [before] : []
    if (item?.surface !== surface) {
      shown.delete(id)
      return seen
    }
    const next: Shown = { item, number: numbers.get(id) ?? 0, path: before?.item === item ? before.path : undefined }
    shown.set(id, next)
    return [...seen, next]
  }

  function boxFor(one: Shown): Box {
    one.box ??= boxOf(one.item, high)
    return one.box
  }

  function changed(ids: readonly ItemId[]) {
    numbers = numberSteps(board.items)
    const renumbered = [...shown].flatMap(([id, { number }]) => ((numbers.get(id) ?? 0) === number ? [] : [id]))
    const touched = new Set([...ids, ...renumbered])
    const { top } = board
    const isOnTop = (id: ItemId) => !shown.has(id) && (board.items.get(id)?.order ?? 0) >= top
    const onTop = ids.length <= FEW && renumbered.length === 0 && ids.every(isOnTop)
    const seen = [...touched].flatMap(refresh)
    if (seen.length === 0) return
    if (whole) return void paintWhole()
    if (onTop) return paintOnTop(ids)
    const where = touched.size <= FEW ? union(seen.map(boxFor)) : undefined
    if (where) paintWithin(where)
    else void paintWhole()
  }

  function paintOnTop(ids: readonly ItemId[]) {
    const context = begin(canvas)
    for (const id of ids) {
      const one = shown.get(id)
      if (context && one) paint(context, one)
    }
  }

  function paintWithin(where: Box) {
    const context = begin(canvas)
    if (!context) return
    const { left, top, right, bottom } = where
    context.save()
    context.beginPath()
    context.rect(left, top, right - left, bottom - top)
    context.clip()
    context.clearRect(left, top, right - left, bottom - top)
    for (const [, one] of inPaintOrder()) if (overlaps(boxFor(one), where)) paint(context, one)
    context.restore()
  }

  /** Beside what is seen, in slices: a large board does not hold up what is drawn meanwhile. */
  async function paintWhole() {
    whole?.abort()
    const own = new AbortController()
    whole = own
    const next = canvas.ownerDocument.createElement('canvas')
    next.width = canvas.width
    next.height = canvas.height
    // Painted at once, not when it is shown: then all of it would come together.
    const context = begin(next, { willReadFrequently: true })
    let until = performance.now() + SLICE_MS
    for (const [at, [, one]] of inPaintOrder().entries()) {
      if (context) paint(context, one)
      if (at % AT_ONCE < AT_ONCE - 1) continue
      context?.getImageData(0, 0, 1, 1)
      if (performance.now() < until) continue
      await frame()
      if (own.signal.aborted) return
      until = performance.now() + SLICE_MS
    }
    const seen = canvas.getContext('2d')
    seen?.setTransform(1, 0, 0, 1, 0, 0)
    seen?.clearRect(0, 0, canvas.width, canvas.height)
    if (next.width > 0 && next.height > 0) seen?.drawImage(next, 0, 0)
    whole = undefined
  }

  /** The window in which the canvas is may be another one than that of the page. */
  function frame(): Promise<number> {
    const view = canvas.ownerDocument.defaultView ?? window
    return new Promise((drawn) => view.requestAnimationFrame(drawn))
  }

  function begin(target: HTMLCanvasElement, settings?: CanvasRenderingContext2DSettings) {
    const context = target.getContext('2d', settings)
    context?.setTransform(scale, 0, 0, scale, 0, 0)
    return context
  }

  function paint(context: CanvasRenderingContext2D, one: Shown) {
    one.path ??= pathOf(one.item, high)
    paintItem(context, one.item, high, one.path, one.number)
  }

  function inPaintOrder(): [ItemId, Shown][] {
    return [...shown].sort(([idA, a], [idB, b]) => inOrder([idA, a.item], [idB, b.item]))
  }

  return {
    get high() {
      return high
    },
    async resize(width, height) {
      const ratio = canvas.ownerDocument.defaultView?.devicePixelRatio ?? 1
      if (width <= 0 || height <= 0) return
      const shape = (height / width) * WIDE
      const otherShape = Math.abs(shape - high) > 0.5
      if (otherShape) high = shape
      scale = (width * ratio) / WIDE
      canvas.width = Math.round(width * ratio)
      canvas.height = Math.round(height * ratio)
      if (otherShape) shown.clear()
      for (const id of board.items.keys()) if (!shown.has(id)) refresh(id)
      await paintWhole()
    },
    hits: (at, reach) => [...shown].flatMap(([id, { item }]) => (isHit(item, at, high, reach) ? [id] : [])),
  }
}
