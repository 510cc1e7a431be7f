import { expect, test } from 'vitest'
import { beginGesture, type Gesture, isSeen, moveGesture, onGrid, shapeOf } from '../../../components/board/gesture.ts'
import { GRID } from '../../../peer/board/item.ts'
import { MAX_STROKE_POINTS } from '../../../protocol/limits.ts'

const press = (x: number, y: number, pressure = 128) => ({ x, y, pressure })

test('S5 a stroke has a point for each movement that is one, with its pressure', () => {
  let gesture = beginGesture('pen', press(100, 100, 40))
  for (const [x, y, force] of [
    [102, 101, 50],
    [120, 100, 60],
    [121, 103, 70],
    [140, 90, 255],
  ] as const)
    gesture = moveGesture(gesture, press(x, y, force))
  expect(shapeOf(gesture)).toEqual({
    kind: 'pen',
    points: new Uint16Array([100, 100, 40, 120, 100, 60, 140, 90, 255]),
  })
})

test('S5 a stroke that is as long as one may be grows no more', () => {
  let gesture: Gesture = beginGesture('highlighter', press(0, 0))
  for (let n = 0; n < MAX_STROKE_POINTS + 50; n++) gesture = moveGesture(gesture, press((n % 2) * 100, n % GRID))
  const shape = shapeOf(gesture)
  expect(shape.kind === 'highlighter' && shape.points.length / 3).toBe(MAX_STROKE_POINTS)
})

test('S5 a figure goes from where it was begun to where one is; a press alone is none, but a dot of a pen is', () => {
  const begun = beginGesture('arrow', press(500, 500))
  expect(isSeen(begun)).toBe(false)
  const moved = moveGesture(begun, press(900, 100))
  expect(isSeen(moved)).toBe(true)
  expect(shapeOf(moved)).toEqual({ kind: 'arrow', from: { x: 500, y: 500 }, to: { x: 900, y: 100 } })
  expect(isSeen(beginGesture('pen', press(1, 1)))).toBe(true)
})

test('S5 whoever leaves the picture draws on along its edge', () => {
  expect([-0.2, 0, 0.5, 1, 7].map(onGrid)).toEqual([0, 0, Math.round(GRID / 2), GRID, GRID])
})
