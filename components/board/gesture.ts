import { type Figure, GRID, type Shape, type Spot, STRIDE, type Stroke } from '../../peer/board/item.ts'
import { MAX_STROKE_POINTS } from '../../protocol/limits.ts'

/** Where a pen, a finger or the mouse presses, and how hard (0 to 255). */
export type Press = Spot & { pressure: number }

/** What becomes of a press that moves. */
export type Gesture =
  | { kind: 'stroke'; as: Stroke['kind']; points: number[] }
  | { kind: 'figure'; as: Figure['kind']; from: Spot; to: Spot }

/** A hand that rests makes no points, in steps of the grid: less than one pixel of a large screen. */
const NEAR = 5
/** Smaller than this a figure was only a press. */
const SMALLEST = GRID / 200

export function beginGesture(as: Stroke['kind'] | Figure['kind'], { x, y, pressure }: Press): Gesture {
  if (as === 'pen' || as === 'highlighter') return { kind: 'stroke', as, points: [x, y, pressure] }
  return { kind: 'figure', as, from: { x, y }, to: { x, y } }
}

export function moveGesture(gesture: Gesture, { x, y, pressure }: Press): Gesture {
  if (gesture.kind === 'figure') return { ...gesture, to: { x, y } }
  const { points } = gesture
  if (points.length >= MAX_STROKE_POINTS * STRIDE) return gesture
  const [lastX = 0, lastY = 0] = points.slice(-STRIDE)
  if (Math.abs(x - lastX) < NEAR && Math.abs(y - lastY) < NEAR) return gesture
  return { ...gesture, points: [...points, x, y, pressure] }
}

export function shapeOf(gesture: Gesture): Stroke | Figure {
  if (gesture.kind === 'figure') return { kind: gesture.as, from: gesture.from, to: gesture.to }
  return { kind: gesture.as, points: new Uint16Array(gesture.points) }
}

/** Whether there is something to be seen. */
export function isSeen(gesture: Gesture): boolean {
  if (gesture.kind === 'stroke') return true
  const { from, to } = gesture
  return Math.abs(from.x - to.x) > SMALLEST || Math.abs(from.y - to.y) > SMALLEST
}

export function onGrid(share: number): number {
  return Math.min(GRID, Math.max(0, Math.round(share * GRID)))
}

export function isDrawn(kind: Shape['kind'] | 'laser' | 'eraser' | 'look'): kind is Stroke['kind'] | Figure['kind'] {
  return kind === 'pen' || kind === 'highlighter' || kind === 'arrow' || kind === 'rectangle' || kind === 'ellipse'
}
