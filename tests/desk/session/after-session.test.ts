import { expect, test } from 'vitest'
import { afterSession, NOT_TRIED, retryMs, tryAgain } from '../../../desk/session/after-session.ts'

test('a customer is turned away after three handshakes in a row without an answer', () => {
  let tried = NOT_TRIED
  for (let handshake = 0; handshake < 2; handshake += 1) {
    expect(afterSession('timeout', tried)).toEqual({ again: 'by-itself' })
    tried = tryAgain(tried, 'timeout')
  }
  expect(afterSession('timeout', tried)).toMatchObject({ turnAway: 'no-answer' })
})

test('where no way was found, however often, whoever is away for a moment is not turned away', () => {
  let tried = NOT_TRIED
  for (let time = 0; time < 9; time += 1) {
    expect(afterSession('no-route', tried)).toEqual({ again: 'by-itself', goesOn: true })
    tried = tryAgain(tried, 'no-route')
  }
  expect(retryMs(tried)).toBe(15_000)
  expect(afterSession('timeout', tried)).toEqual({ again: 'by-itself' })
})
