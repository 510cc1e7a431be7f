import { GRID, type ItemId, newItemId, type Shape, type Sketch, type Spot } from '../../peer/board/item.ts'
import type { SharedBoard } from '../../peer/board/shared-board.ts'
import type { SurfaceId } from '../../protocol/board.ts'
import type { CommittedLayer } from './committed-layer.ts'
import type { Drawing } from './drawing.ts'
import { pointAt } from './geometry.ts'
import { beginGesture, type Gesture, isDrawn, isSeen, moveGesture, type Press, shapeOf } from './gesture.ts'

/** How far an eraser reaches, on a picture that is 1000 wide. */
const REACH = 8

/** What presses draw, with the mouse, a pen, a finger or the keyboard. */
export type BoardHand = {
  down(press: Press): void
  move(press: Press): void
  up(press: Press): void
  /** Gives up what is being drawn. @returns false where there was nothing. */
  cancel(): boolean
  write(at: Spot, text: string): void
  readonly pressed: boolean
}

type Parts = {
  shared: SharedBoard
  surface: SurfaceId
  drawing: Drawing
  committed: CommittedLayer
  /** A text shall be written here. */
  onText(at: Spot): void
  /** Nothing more fits on the board. */
  onFull(): void
}

export function boardHand({ shared, surface, drawing, committed, onText, onFull }: Parts): BoardHand {
  const { board, mine, me } = shared
  let pressed = false
  let drawn: { id: ItemId; gesture: Gesture } | undefined

  function sketch(shape: Shape): Sketch {
    return { ...shape, surface, by: me, colour: drawing.colour.peek(), width: drawing.width.peek() }
  }

  function add(id: ItemId, shape: Shape) {
    board.newStep()
    if (!board.add(id, sketch(shape))) onFull()
  }

  function see(id: ItemId, gesture: Gesture) {
    drawn = { id, gesture }
    mine.draw(id, sketch(shapeOf(gesture)))
  }

  function cancel(): boolean {
    pressed = false
    if (!drawn) return false
    mine.end(drawn.id)
    drawn = undefined
    return true
  }

  function erase(press: Press) {
    board.erase(committed.hits(pointAt(press, committed.high), REACH))
  }

  return {
    get pressed() {
      return pressed
    },
    down(press) {
      const tool = drawing.tool.peek()
      pressed = true
      board.newStep()
      if (isDrawn(tool)) see(newItemId(), beginGesture(tool, press))
      if (tool === 'eraser') erase(press)
    },
    move(press) {
      const tool = drawing.tool.peek()
      if (tool === 'laser') {
        return mine.shine(surface, drawing.colour.peek(), { x: press.x, y: press.y })
      }
      if (!pressed) return
      if (tool === 'eraser') erase(press)
      else if (drawn) see(drawn.id, moveGesture(drawn.gesture, press))
    },
    up(press) {
      const tool = drawing.tool.peek()
      if (!pressed) return
      pressed = false
      const at = { x: press.x, y: press.y }
      if (tool === 'step') return add(newItemId(), { kind: 'step', at })
      if (tool === 'text') return onText(at)
      if (!drawn) return
      const { id, gesture } = drawn
      // First into the document: the other side never sees neither.
      if (isSeen(gesture)) add(id, shapeOf(gesture))
      mine.end(id)
      drawn = undefined
    },
    cancel,
    write(at, text) {
      if (text !== '') add(newItemId(), { kind: 'text', at, text })
    },
  }
}

/** A step of the keyboard's cursor. */
export const KEY_STEP = Math.round(GRID / 100)
