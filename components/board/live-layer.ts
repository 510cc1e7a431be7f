import type { Item, ItemId, Sketch, Spot } from '../../peer/board/item.ts'
import { LASER_MS, type LaserSpot } from '../../peer/board/live-drawings.ts'
import type { SharedBoard } from '../../peer/board/shared-board.ts'
import type { SurfaceId } from '../../protocol/board.ts'
import { pointAt, WIDE } from './geometry.ts'
import { paintItem, paintLaser } from './paint.ts'

/** What moves: what both sides are drawing just now, their lasers, and the keyboard's cursor. */
export type LiveLayer = {
  /** In CSS pixels. */
  resize(width: number, height: number): void
  /** What is drawn here, until the next call. */
  show(id: ItemId, sketch: Sketch | undefined): void
  light(spot: Spot, colour: number): void
  point(spot: Spot | undefined): void
}

/** Follows both sides until the signal; paints at most once for each picture of the screen. */
export function liveLayer(
  canvas: HTMLCanvasElement,
  { board, theirs }: Pick<SharedBoard, 'board' | 'theirs'>,
  surface: SurfaceId,
  signal: AbortSignal,
): LiveLayer {
  let high = WIDE
  let scale = 1
  let own: { id: ItemId; sketch: Sketch } | undefined
  let light: LaserSpot[] = []
  let pointed: Spot | undefined
  let asked = false

  theirs.onChange(ask, signal)

  function ask() {
    if (asked || signal.aborted) return
    asked = true
    const view = canvas.ownerDocument.defaultView ?? window
    view.requestAnimationFrame(() => {
      asked = false
      if (!signal.aborted) paint()
    })
  }

  function paint() {
    const context = canvas.getContext('2d')
    if (!context) return
    context.setTransform(scale, 0, 0, scale, 0, 0)
    context.clearRect(0, 0, WIDE, high)
    for (const [id, item] of theirs.drawings) if (!board.items.has(id)) paintOne(context, item)
    if (own && !board.items.has(own.id)) paintOne(context, { ...own.sketch, order: 0 })
    const now = performance.now()
    light = light.filter(({ at }) => now - at < LASER_MS)
    const spots = [...theirs.laser.filter((spot) => now - spot.at < LASER_MS), ...light]
    for (const spot of spots) {
      if (spot.surface === surface) paintLaser(context, spot, spot.colour, (now - spot.at) / LASER_MS, high)
    }
    if (pointed) paintCursor(context, pointed)
    if (spots.length > 0) ask()
  }

  function paintOne(context: CanvasRenderingContext2D, item: Item) {
    if (item.surface === surface) paintItem(context, item, high, undefined, 0)
  }

  /** Two crosses, a dark one under a bright one, to be seen on everything. */
  function paintCursor(context: CanvasRenderingContext2D, spot: Spot) {
    const { x, y } = pointAt(spot, high)
    for (const [width, colour] of [
      [5, '#16191c'],
      [2, '#ffffff'],
    ] as const) {
      context.lineWidth = width
      context.strokeStyle = colour
      context.beginPath()
      context.moveTo(x - 12, y)
      context.lineTo(x + 12, y)
      context.moveTo(x, y - 12)
      context.lineTo(x, y + 12)
      context.stroke()
    }
  }

  return {
    resize(width, height) {
      const ratio = canvas.ownerDocument.defaultView?.devicePixelRatio ?? 1
      if (width <= 0 || height <= 0) return
      high = (height / width) * WIDE
      scale = (width * ratio) / WIDE
      canvas.width = Math.round(width * ratio)
      canvas.height = Math.round(height * ratio)
      paint()
    },
    show(id, sketch) {
      own = sketch && { id, sketch }
      ask()
    },
    light(spot, colour) {
      light = [...light, { ...spot, colour, surface, at: performance.now() }].slice(-400)
      ask()
    },
    point(spot) {
      pointed = spot
      ask()
    },
  }
}
