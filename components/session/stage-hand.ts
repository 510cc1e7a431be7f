import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { type Point, pan, type Size, type View, zoomBy } from './view.ts'

type Change = (view: View, stage: Size, picture: Size) => View

/** CSS pixels of one press of an arrow key. */
const ARROW = 60
const ARROWS: Record<string, Point> = {
  ArrowLeft: { x: ARROW, y: 0 },
  ArrowRight: { x: -ARROW, y: 0 },
  ArrowUp: { x: 0, y: ARROW },
  ArrowDown: { x: 0, y: -ARROW },
}

/** Moves and zooms the picture by hand: drag, wheel (with Ctrl, as a pinch on a trackpad comes: zoom), two fingers, arrow keys. */
export function useStageHand(stage: RefObject<HTMLElement>, onChange: (change: Change) => void) {
  const change = useRef(onChange)
  change.current = onChange
  useEffect(() => {
    const element = stage.current
    if (!element) return
    const life = new AbortController()
    const options = { signal: life.signal }
    const fingers = new Map<number, Point>()

    const pointOf = ({ clientX, clientY }: MouseEvent): Point => {
      const { left, top } = element.getBoundingClientRect()
      return { x: clientX - left, y: clientY - top }
    }
    const move = (by: Point) => change.current((view, size, picture) => pan(view, size, picture, by))
    const scale = (factor: number, under: Point) =>
      change.current((view, size, picture) => zoomBy(view, size, picture, factor, under))

    element.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault()
        if (event.ctrlKey) return scale(Math.exp(-event.deltaY / 200), pointOf(event))
        move(event.shiftKey ? { x: -event.deltaY, y: 0 } : { x: -event.deltaX, y: -event.deltaY })
      },
      { ...options, passive: false },
    )
    element.addEventListener(
      'pointerdown',
      (event) => {
        // What is drawn over the picture is not a move of it.
        if (event.defaultPrevented || event.button !== 0) return
        fingers.set(event.pointerId, pointOf(event))
        element.setPointerCapture(event.pointerId)
      },
      options,
    )
    element.addEventListener(
      'pointermove',
      (event) => {
        const before = fingers.get(event.pointerId)
        if (!before) return
        const after = pointOf(event)
        fingers.set(event.pointerId, after)
        const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1]
        if (!other) return move({ x: after.x - before.x, y: after.y - before.y })
        scale(distance(after, other) / Math.max(1, distance(before, other)), between(after, other))
      },
      options,
    )
    for (const end of ['pointerup', 'pointercancel'] as const) {
      element.addEventListener(end, ({ pointerId }) => fingers.delete(pointerId), options)
    }
    element.addEventListener(
      'keydown',
      (event) => {
        const by = ARROWS[event.key]
        if (!by || event.target !== element || event.altKey || event.ctrlKey || event.metaKey) return
        event.preventDefault()
        move(by)
      },
      options,
    )
    return () => life.abort()
  }, [stage])
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

function between(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
}
