import { expect, test } from 'vitest'
import { nextTarget } from '../../../peer/files/yield-to-picture.ts'

test('files have the line for themselves while nothing is shown, and wait less beside a voice', () => {
  expect(nextTarget(3, { kind: 'none' }, 0)).toBe(50)
  expect(nextTarget(50, { kind: 'some' }, 0)).toBe(10)
})

test('beside a picture that has too little they give way step by step, and come back more slowly', () => {
  const starved = { kind: 'picture', bitrate: 200_000, most: 6_000_000 } as const
  const steps = [10]
  for (let step = 0; step < 5; step += 1) steps.push(nextTarget(steps.at(-1) ?? 0, starved, 3_000_000))
  expect(steps).toEqual([10, 6, expect.closeTo(3.6), expect.closeTo(2.16), 2, 2])
  expect(nextTarget(2, { kind: 'picture', bitrate: 1_600_000, most: 6_000_000 }, 3_000_000)).toBeCloseTo(2.1)
  expect(nextTarget(50, { kind: 'picture', bitrate: 9_000_000, most: 6_000_000 }, 90_000_000)).toBe(50)
})

test('on a narrow line the picture has half of what files have, at least', () => {
  expect(nextTarget(10, { kind: 'picture', bitrate: 300_000, most: 6_000_000 }, 400_000)).toBeGreaterThan(10)
  expect(nextTarget(10, { kind: 'picture', bitrate: 150_000, most: 6_000_000 }, 400_000)).toBeLessThan(10)
})

test('a camera, or a screen that rests, is content with what it may have at all', () => {
  expect(nextTarget(10, { kind: 'picture', bitrate: 700_000, most: 600_000 }, 20_000_000)).toBeGreaterThan(10)
  expect(nextTarget(10, { kind: 'picture', bitrate: 400_000, most: 600_000 }, 20_000_000)).toBeLessThan(10)
})
