import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BULK_MS, bulkPace } from '../../../desk/queue/bulk-pace.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
  vi.useFakeTimers()
})
afterEach(() => {
  life.abort()
  vi.useRealTimers()
})

/** A list that comes in pages, and how often it was seen. @param took how long showing it takes, in ms */
function pages(took = 0) {
  const seen: number[] = []
  let [unseen, listed] = [0, 0]
  const pace = bulkPace(() => {
    listed += unseen
    unseen = 0
    seen.push(listed)
    vi.advanceTimersByTime(took)
  }, life.signal)
  return {
    seen,
    pace,
    come(count: number) {
      unseen += count
      pace.came(unseen, listed)
    },
  }
}

test('a hundred pages that come at once are seen few times, the first one at once', () => {
  const { seen, come, pace } = pages()
  come(1_000)
  expect(seen).toEqual([1_000])
  for (let page = 2; page <= 100; page++) come(1_000)
  pace.now()
  expect(seen.at(-1)).toBe(100_000)
  expect(seen.length).toBeLessThan(15)
})

test('what comes slowly does not wait for more', () => {
  const { seen, come } = pages()
  come(1_000)
  for (let page = 0; page < 5; page++) come(100)
  expect(seen).toEqual([1_000, 1_500])
  come(100)
  vi.advanceTimersByTime(BULK_MS)
  expect(seen).toEqual([1_000, 1_500, 1_600])
  vi.advanceTimersByTime(BULK_MS)
  come(1)
  expect(seen.at(-1)).toBe(1_601)
})

test('showing takes a tenth of the time at most', () => {
  const { seen, come } = pages(1_000)
  come(10_000)
  vi.advanceTimersByTime(0)
  come(100)
  vi.advanceTimersByTime(8_000)
  expect(seen).toEqual([10_000])
  vi.advanceTimersByTime(2_000)
  expect(seen).toEqual([10_000, 10_100])
})

test('nothing is shown once it is over', () => {
  const { seen, come } = pages()
  come(1_000)
  come(100)
  life.abort()
  come(100)
  vi.advanceTimersByTime(BULK_MS * 2)
  expect(seen).toEqual([1_000])
})
