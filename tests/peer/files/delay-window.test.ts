import { expect, test } from 'vitest'
import { createDelayWindow } from '../../../peer/files/delay-window.ts'

type Line = { bytesPerMs: number; baseMs: number }

/**
 * Sends as much as the window lets through, over a line with an endless queue, for so long.
 * @returns how long the queue was at its longest in the second half, in ms, and the share of the line that was used there.
 */
function over(line: Line, target: number, forMs: number, change?: { at: number; to: Line }) {
  let now = 0
  let current = line
  let free = 0
  let longest = 0
  let arrivedBefore = 0
  const window = createDelayWindow(target, () => now)
  const answers: number[] = []
  for (; now < forMs; now += 0.5) {
    if (change && now === change.at) current = change.to
    for (; answers[0] !== undefined && answers[0] <= now; answers.shift()) window.answered()
    while (window.hasRoom) {
      const bytes = window.frameBytes
      free = Math.max(free, now) + bytes / current.bytesPerMs
      if (window.send(bytes)) answers.push(free + current.baseMs)
    }
    if (now === forMs / 2) arrivedBefore = window.arrived
    if (now > forMs / 2) longest = Math.max(longest, free - now)
  }
  const used = (window.arrived - arrivedBefore) / (current.bytesPerMs * (forMs / 2))
  return { longest, used }
}

test.each([
  ['0.5 Mbit/s and 60 ms', { bytesPerMs: 62.5, baseMs: 60 }, 60],
  ['4 Mbit/s and 2 ms', { bytesPerMs: 500, baseMs: 2 }, 35],
  ['4 Mbit/s and 40 ms', { bytesPerMs: 500, baseMs: 40 }, 35],
  ['50 Mbit/s and 20 ms', { bytesPerMs: 6250, baseMs: 20 }, 35],
])('%s: the line is full, and its queue stays short', (_name, line, atMost) => {
  const { longest, used } = over(line, 10, 30_000)
  expect(used).toBeGreaterThan(0.75)
  expect(longest).toBeLessThan(atMost)
})

test('with nothing else on the line a longer queue may be', () => {
  const { longest, used } = over({ bytesPerMs: 500, baseMs: 2 }, 50, 30_000)
  expect(used).toBeGreaterThan(0.9)
  expect(longest).toBeGreaterThan(20)
  expect(longest).toBeLessThan(110)
})

test.each([
  ['longer', { bytesPerMs: 500, baseMs: 2 }, { bytesPerMs: 500, baseMs: 80 }],
  ['narrower', { bytesPerMs: 5000, baseMs: 20 }, { bytesPerMs: 250, baseMs: 20 }],
  ['wider', { bytesPerMs: 250, baseMs: 20 }, { bytesPerMs: 5000, baseMs: 20 }],
])('a line that becomes %s is timed anew', (_name, from, to) => {
  const { longest, used } = over(from, 10, 60_000, { at: 10_000, to })
  expect(used).toBeGreaterThan(0.6)
  expect(longest).toBeLessThan(70)
})

test('an answer that nothing was asked for is none', () => {
  const window = createDelayWindow(10)
  expect(window.answered()).toBe(false)
  window.send(100)
  expect(window.answered()).toBe(true)
  expect(window.answered()).toBe(false)
})
