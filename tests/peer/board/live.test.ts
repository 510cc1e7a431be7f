import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Sketch, Stroke } from '../../../peer/board/item.ts'
import { decodeLive, encodeLive } from '../../../peer/board/live-bytes.ts'
import { liveDrawings } from '../../../peer/board/live-drawings.ts'
import { liveSender } from '../../../peer/board/live-sender.ts'
import { SCREEN } from '../../../protocol/board.ts'
import { mutateBytes, randomFrom } from '../../support/mutate.ts'
import { CUSTOMER, itemId, sketch } from './samples.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  life.abort()
  vi.useRealTimers()
})

const id = itemId('a')
const stroke = (count: number): Sketch & Stroke => ({
  ...sketch(CUSTOMER),
  kind: 'pen',
  points: new Uint16Array(Array.from({ length: count }, (_, at) => [100 + at, 200, 128]).flat()),
})

/** One side draws, the other looks on. */
function drawing() {
  const theirs = liveDrawings()
  const frames: number[] = []
  const mine = liveSender()
  mine.use(async (bytes) => {
    frames.push(bytes.length)
    expect(theirs.hear(bytes, 'customer')).toBe(true)
  }, life.signal)
  return { mine, theirs, frames }
}

test('S5 the first point is sent at once, those of the next sixteenth of a second together, and only they', async () => {
  const { mine, theirs, frames } = drawing()
  mine.draw(id, stroke(1))
  expect(theirs.drawings.get(id)).toMatchObject({ kind: 'pen', points: stroke(1).points })
  await vi.advanceTimersByTimeAsync(1)
  for (let count = 2; count <= 40; count++) mine.draw(id, stroke(count))
  expect(frames).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(16)
  expect(frames).toHaveLength(2)
  expect(theirs.drawings.get(id)).toMatchObject({ points: stroke(40).points })
  mine.draw(id, stroke(41))
  await vi.advanceTimersByTimeAsync(16)
  expect(frames[2]).toBeLessThan(20)
  expect(theirs.drawings.get(id)).toMatchObject({ points: stroke(41).points })
})

test('S5 what is finished is in the document, what was given up is gone, and what the link had goes with it', async () => {
  const { mine, theirs } = drawing()
  mine.draw(id, stroke(1))
  theirs.finished([id])
  expect(theirs.drawings.size).toBe(0)
  await vi.advanceTimersByTimeAsync(20)
  mine.draw(itemId('b'), { ...sketch(CUSTOMER), kind: 'arrow', from: { x: 0, y: 0 }, to: { x: 5, y: 5 } })
  expect(theirs.drawings.size).toBe(1)
  mine.end(itemId('b'))
  await vi.advanceTimersByTimeAsync(20)
  expect(theirs.drawings.size).toBe(0)
  mine.draw(id, stroke(3))
  await vi.advanceTimersByTimeAsync(20)
  theirs.forget()
  expect(theirs.drawings.size).toBe(0)
})

test('S5 without a link nothing is kept to be said later', async () => {
  const { mine, theirs } = drawing()
  life.abort()
  mine.draw(id, stroke(9))
  mine.shine(SCREEN, 1, { x: 1, y: 1 })
  await vi.advanceTimersByTimeAsync(100)
  expect(theirs.drawings.size + theirs.laser.length).toBe(0)
})

test('S5 a laser’s light fades', async () => {
  const { mine, theirs } = drawing()
  mine.shine(SCREEN, 1, { x: 1, y: 1 })
  expect(theirs.laser).toMatchObject([{ x: 1, y: 1, colour: 1, surface: SCREEN }])
  await vi.advanceTimersByTimeAsync(2000)
  mine.shine(SCREEN, 1, { x: 2, y: 2 })
  expect(theirs.laser).toMatchObject([{ x: 2, y: 2 }])
})

test('S5 nobody draws in the name of the other side, or many things at once', () => {
  const theirs = liveDrawings()
  const say = (name: string, by: Sketch['by']) =>
    theirs.hear(encodeLive([{ kind: 'drawing', id: itemId(name), item: { ...stroke(1), by, order: 0 } }]), 'customer')
  expect(say('a', { role: 'technician', name: 'Grace' })).toBe(false)
  for (let n = 0; n < 8; n++) expect(say(`n${n}`, CUSTOMER)).toBe(true)
  expect(say('n9', CUSTOMER)).toBe(false)
})

test('S5 whatever the bytes are, nothing is thrown', () => {
  const valid = encodeLive([
    { kind: 'drawing', id, item: { ...stroke(3), order: 0 } },
    { kind: 'more', id, points: stroke(4).points },
    { kind: 'laser', surface: SCREEN, colour: 2, spots: [{ x: 1, y: 2 }] },
    { kind: 'gone', id },
  ])
  expect(decodeLive(valid)).toHaveLength(4)
  fc.assert(
    fc.property(fc.integer(), (seed) => void liveDrawings().hear(mutateBytes(randomFrom(seed), valid), 'customer')),
    { numRuns: 3000 },
  )
})
