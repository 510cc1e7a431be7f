import { expect, test } from 'vitest'
import { createDelayWindow } from '../../../peer/files/delay-window.ts'

type Line = { bytesPerMs: number; baseMs: number; jitterMs?: number; backQueueMs?: number }

/** The other side's clock is set as it likes. */
const THERE = 1_000_000

/**
 * Sends as much as the window lets through, over a line with an endless queue, for so long. `jitterMs`: each way, evenly up to that, in
 * order; `backQueueMs`: the way back has a queue, which comes and goes.
 * @returns how long the queue was at its longest in the second half, in ms, the share of the line that was used there, and probes in all for
 *   each MiB.
 */
function over(line: Line, target: number, forMs: number, change?: { at: number; to: Line }) {
  let now = 0
  let current = line
  let free = 0
  let longest = 0
  let arrivedBefore = 0
  let probes = 0
  let seed = 1
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed / 2_147_483_647
  }
  const window = createDelayWindow(target, () => now)
  const answers: { there: number; here: number }[] = []
  for (; now < forMs; now += 0.5) {
    if (change && now === change.at) current = change.to
    for (; answers[0] && answers[0].here <= now; answers.shift()) window.answered(answers[0].there + THERE)
    while (window.hasRoom) {
      const bytes = window.frameBytes
      free = Math.max(free, now) + bytes / current.bytesPerMs
      if (!window.send(bytes)) continue
      probes += 1
      const { baseMs, jitterMs = 0, backQueueMs = 0 } = current
      const there = Math.max(answers.at(-1)?.there ?? 0, free + baseMs / 2 + random() * jitterMs)
      const back = baseMs / 2 + random() * jitterMs + (now % 2000 < 1000 ? backQueueMs : 0)
      answers.push({ there, here: Math.max(answers.at(-1)?.here ?? 0, there + back) })
    }
    if (now === forMs / 2) arrivedBefore = window.arrived
    if (now > forMs / 2) longest = Math.max(longest, free - now)
  }
  const used = (window.arrived - arrivedBefore) / (current.bytesPerMs * (forMs / 2))
  return { longest, used, probesPerMib: (probes * 1024 * 1024) / window.arrived }
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

test.each([
  ['radio, 0 to 20 ms each way', { bytesPerMs: 2500, baseMs: 50, jitterMs: 20 }],
  ['radio on a narrow line', { bytesPerMs: 500, baseMs: 40, jitterMs: 15 }],
  ['a queue that comes and goes on the way back', { bytesPerMs: 2500, baseMs: 30, backQueueMs: 80 }],
])('%s: what is no queue of ours does not hold files up', (_name, line) => {
  const { longest, used } = over(line, 10, 30_000)
  expect(used).toBeGreaterThan(0.6)
  expect(longest).toBeLessThan(130)
})

test.each([
  ['a queue that comes and goes on the way back', { bytesPerMs: 25_000, baseMs: 30, backQueueMs: 80 }],
  ['radio over a long way', { bytesPerMs: 12_500, baseMs: 200, jitterMs: 50 }],
])('%s: with nothing else on a fast line it holds files up no more than there', (_name, line) => {
  expect(over(line, 50, 40_000).used).toBeGreaterThan(0.8)
})

test('with nothing else on the line a longer queue may be', () => {
  const { longest, used } = over({ bytesPerMs: 500, baseMs: 2 }, 50, 30_000)
  expect(used).toBeGreaterThan(0.9)
  expect(longest).toBeGreaterThan(20)
  expect(longest).toBeLessThan(350)
})

test.each([
  ['200 Mbit/s and 2 ms', { bytesPerMs: 25_000, baseMs: 2 }, 800],
  ['100 Mbit/s and 100 ms', { bytesPerMs: 12_500, baseMs: 100 }, 1400],
])('%s: a fast line is full, and its queue has few bytes however long it may be', (_name, line, mostKib) => {
  const { longest, used, probesPerMib } = over(line, 50, 30_000)
  expect(used).toBeGreaterThan(0.85)
  expect(longest * line.bytesPerMs).toBeLessThan(mostKib * 1024)
  expect(probesPerMib, 'each costs both pages a message').toBeLessThan(6)
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
  expect(window.answered(0)).toBe(false)
  window.send(100)
  expect(window.answered(0)).toBe(true)
  expect(window.answered(0)).toBe(false)
})

test('a page that is slow for each frame gets larger ones, and no rest between them is taken for one', () => {
  let now = 0
  const window = createDelayWindow(50, () => now)
  for (; now < 4000; now += 4) {
    window.send(window.frameBytes)
    window.answered(now + THERE)
  }
  expect(window.frameBytes).toBe(64 * 1024)
})
