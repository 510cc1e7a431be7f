import { expect, test } from 'vitest'
import { numberSteps } from '../../../peer/board/item.ts'
import { BLANK, SCREEN } from '../../../protocol/board.ts'
import { itemId, sketch, step } from './samples.ts'

const a = itemId('a')
const b = itemId('b')
const c = itemId('c')
const d = itemId('d')

test('S5 steps are numbered in the order in which they were placed, on each surface from 1', () => {
  const numbers = numberSteps([
    [c, step(9)],
    [a, step(2)],
    [d, step(3, BLANK)],
    [b, { ...sketch(), order: 5 }],
  ])
  expect([...numbers]).toEqual([
    [a, 1],
    [d, 1],
    [c, 2],
  ])
})

test('S5 one that is erased leaves no gap', () => {
  expect([
    ...numberSteps([
      [a, step(1)],
      [c, step(3)],
    ]).values(),
  ]).toEqual([1, 2])
})

test('S5 two who place one at once have different numbers, the same on both sides', () => {
  const one = numberSteps([
    [a, step(4, SCREEN)],
    [b, step(4, SCREEN)],
  ])
  const other = numberSteps([
    [b, step(4, SCREEN)],
    [a, step(4, SCREEN)],
  ])
  expect([one.get(a), one.get(b)]).toEqual([1, 2])
  expect(other).toEqual(one)
})
