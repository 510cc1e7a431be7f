import { expect, test } from 'vitest'
import { type Attempts, countWrong, judge, NO_ATTEMPTS } from '../../peer/attempts.ts'

const NOW = 1_000_000

function afterWrong(times: number): Attempts {
  let attempts = NO_ATTEMPTS
  for (let i = 0; i < times; i++) attempts = countWrong(attempts, NOW)
  return attempts
}

test('the first attempt is answered at once', () => {
  expect(judge(NO_ATTEMPTS, NOW)).toEqual({ kind: 'answer' })
})

test('each wrong secret doubles the wait, from one second, and the tenth kills the code', () => {
  const verdicts = Array.from({ length: 10 }, (_, i) => judge(afterWrong(i + 1), NOW))
  const waits = [1, 2, 4, 8, 16, 32, 64, 128, 256].map((seconds) => ({ kind: 'wait', ms: seconds * 1000 }))
  expect(verdicts).toEqual([...waits, { kind: 'dead' }])
})

test('the wait runs out', () => {
  const attempts = afterWrong(3)
  expect(judge(attempts, NOW + 3999)).toEqual({ kind: 'wait', ms: 1 })
  expect(judge(attempts, NOW + 4000)).toEqual({ kind: 'answer' })
})

test('a dead code stays dead', () => {
  expect(judge(afterWrong(11), NOW + 1e12)).toEqual({ kind: 'dead' })
})

test('a clock that was set back does not stretch the wait', () => {
  expect(judge(afterWrong(2), NOW - 1e9)).toEqual({ kind: 'wait', ms: 2000 })
})
