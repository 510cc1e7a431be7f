import { useRef } from 'preact/hooks'
import { GRID, type Spot } from '../../peer/board/item.ts'
import { NO_PRESSURE } from '../../peer/board/item-bytes.ts'
import { type BoardHand, KEY_STEP } from './board-hand.ts'
import type { Drawing } from './drawing.ts'
import type { LiveLayer } from './live-layer.ts'

/** Shift goes in steps that are so much longer. */
const LONG = 5

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Drawing without a mouse: the arrow keys move a cursor, Enter or the space bar press and let go, Escape gives up. */
export function useBoardKeys(hand: BoardHand | undefined, live: LiveLayer | undefined, drawing: Drawing | undefined) {
  const cursor = useRef<Spot>({ x: Math.round(GRID / 2), y: Math.round(GRID / 2) })

  function press() {
    return { ...cursor.current, pressure: NO_PRESSURE }
  }

  function pressed(event: KeyboardEvent) {
    if (!hand || !live || event.ctrlKey || event.metaKey || event.altKey) return
    const step = STEPS[event.key]
    if (step) {
      event.preventDefault()
      const far = KEY_STEP * (event.shiftKey ? LONG : 1)
      cursor.current = { x: inside(cursor.current.x + step[0] * far), y: inside(cursor.current.y + step[1] * far) }
      live.point(cursor.current)
      return hand.move(press())
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      live.point(cursor.current)
      if (event.repeat) return
      // What is a single press needs no second one to let go.
      const tool = drawing?.tool.peek()
      const single = tool === 'step' || tool === 'text' || tool === 'eraser'
      if (!hand.pressed) hand.down(press())
      else return hand.up(press())
      if (single) hand.up(press())
    }
    if (event.key === 'Escape' && hand.cancel()) {
      event.preventDefault()
      event.stopPropagation()
    }
  }

  return { pressed, hide: () => live?.point(undefined) }
}

function inside(value: number): number {
  return Math.min(GRID, Math.max(0, value))
}
