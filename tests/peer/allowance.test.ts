import { expect, test } from 'vitest'
import { allowance } from '../../peer/allowance.ts'

test('S5 much at once, then as much as comes back with time, and never more than at the beginning', () => {
  let now = 0
  const { take } = allowance({ atOnce: 10, perSecond: 2 }, () => now)
  expect([take(9), take(2), take(1), take(1)]).toEqual([true, false, true, false])
  now = 1000
  expect([take(2), take(1)]).toEqual([true, false])
  now = 1_000_000
  expect([take(10), take(1)]).toEqual([true, false])
})
