import type { Spot } from '../../peer/board/item.ts'
import type { SharedBoard } from '../../peer/board/shared-board.ts'
import type { SurfaceId } from '../../protocol/board.ts'
import { pointAt, WIDE } from './geometry.ts'
import { paintLive } from './paint-live.ts'

/** What moves: what both sides are drawing just now, their lasers, and the keyboard's cursor. */
export type LiveLayer = {
  /** In CSS pixels. */
  resize(width: number, height: number): void
  point(spot: Spot | undefined): void
}

/** Follows both sides until the signal; paints at most once for each picture of the screen. */
export function liveLayer(
  canvas: HTMLCanvasElement,
  shared: Pick<SharedBoard, 'board' | 'theirs' | 'mine'>,
  surface: SurfaceId,
  signal: AbortSignal,
): LiveLayer {
  let high = WIDE
  let scale = 1
  let pointed: Spot | undefined
  let asked = false

  shared.theirs.onChange(ask, signal)
  shared.mine.onChange(ask, signal)

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
    const fades = paintLive(context, shared, surface, high)
    if (pointed) paintCursor(context, pointed)
    if (fades) ask()
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
    point(spot) {
      pointed = spot
      ask()
    },
  }
}
