import * as v from 'valibot'
import { expect, test } from 'vitest'
import { filmBitrate, filmSize, placeIn } from '../../../desk/media/film-size.ts'
import { recordingClock } from '../../../desk/media/recording-clock.ts'
import { reasonToStop } from '../../../desk/media/recording-rules.ts'
import { type Consent, ConsentId } from '../../../protocol/consent.ts'

const allowed = (state: Consent['state']): Consent => ({
  id: v.parse(ConsentId, 'A'.repeat(22)),
  what: 'recording',
  to: 'Marie',
  state,
})
const granted = allowed({ kind: 'granted', at: 1 })

test('a recording goes on while its customer is there and allows it', () => {
  expect(reasonToStop(true, { kind: 'live' }, granted)).toEqual({ kind: 'go-on' })
})

test('a cut waits for the next link, whatever is said meanwhile', () => {
  expect(reasonToStop(true, { kind: 'over', why: 'lost' }, undefined)).toEqual({ kind: 'wait' })
  expect(reasonToStop(true, { kind: 'pairing' }, undefined)).toEqual({ kind: 'wait' })
  expect(reasonToStop(true, { kind: 'live' }, undefined), 'the page has not spoken yet').toEqual({ kind: 'wait' })
})

test('it ends with the permission, with the session and with the ticket', () => {
  const ended = (by: 'customer' | 'cut') => allowed({ kind: 'ended', granted: 1, at: 2, by })
  expect(reasonToStop(true, { kind: 'live' }, ended('customer'))).toEqual({ kind: 'stop', why: 'customer' })
  expect(reasonToStop(true, { kind: 'live' }, ended('cut'))).toEqual({ kind: 'stop', why: 'session' })
  expect(reasonToStop(true, { kind: 'over', why: 'ended-there' }, undefined)).toEqual({ kind: 'stop', why: 'session' })
  expect(reasonToStop(true, { kind: 'over', why: 'not-asked' }, granted), 'it was not asked for').toEqual({
    kind: 'stop',
    why: 'session',
  })
  expect(reasonToStop(false, { kind: 'live' }, granted)).toEqual({ kind: 'stop', why: 'given-away' })
  expect(reasonToStop(true, { kind: 'elsewhere' }, undefined)).toEqual({ kind: 'stop', why: 'given-away' })
})

test('a pause takes no time of the film', () => {
  const clock = recordingClock(1000)
  expect(clock.position(3000)).toBe(2000)
  clock.pause(3000)
  expect(clock.position(9000)).toBe(2000)
  clock.pause(9500)
  clock.resume(10_000)
  clock.resume(11_000)
  expect(clock.position(11_000)).toBe(3000)
})

test('a film has even figures, the shape of the first picture, and bounds', () => {
  expect(filmSize({ width: 1280, height: 800 })).toEqual({ width: 1280, height: 800 })
  expect(filmSize({ width: 320, height: 180 })).toEqual({ width: 1280, height: 720 })
  expect(filmSize({ width: 5120, height: 2881 })).toEqual({ width: 2560, height: 1440 })
  expect(filmSize({ width: 800, height: 1281 })).toEqual({ width: 800, height: 1282 })
  expect(filmBitrate({ width: 2560, height: 1600 })).toBe(6_000_000)
})

test('another screen is shown whole, in the middle', () => {
  expect(placeIn({ width: 1280, height: 800 }, { width: 1600, height: 800 })).toEqual({
    x: 0,
    y: 80,
    width: 1280,
    height: 640,
  })
})
