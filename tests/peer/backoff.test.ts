import { expect, test } from 'vitest'
import { backoff } from '../../peer/backoff.ts'

test('doubles from half a second to fifteen seconds', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50].map((failures) => backoff(failures, 1))).toEqual([
    500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000,
  ])
})

test('is spread over its upper half', () => {
  expect([0, 0.5, 1].map((random) => backoff(3, random))).toEqual([1000, 1500, 2000])
})
