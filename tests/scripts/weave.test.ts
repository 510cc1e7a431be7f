import { expect, test } from 'vitest'
import { weave } from '../support/weave.ts'

test('of two lists one is spread over the other, and nothing is left out', () => {
  expect(weave(['A', 'B'], ['a', 'b', 'c', 'd', 'e'], 2)).toEqual(['A', 'a', 'b', 'B', 'c', 'd', 'e'])
  expect(weave(['A', 'B', 'C'], ['a', 'b', 'c'], 2)).toEqual(['A', 'a', 'b', 'B', 'c', 'C'])
  expect(weave([], ['a'], 2)).toEqual(['a'])
})
