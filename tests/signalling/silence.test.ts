import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DOWN, FREE, type LinkState, type Seat } from '../../signalling/tickets/seat.ts'
import { isHere, isSilent, unansweredSince } from '../../signalling/tickets/silence.ts'

const TAKEN: Seat<string> = { kind: 'taken', join: 'a', since: 5 }
const KEPT: Seat<string> = { kind: 'kept', join: 'a', until: 9 }
const UP: LinkState = { kind: 'up', since: 7 }
const seat = fc.constantFrom<Seat<string>>(FREE, KEPT, TAKEN)
const link = fc.constantFrom<LinkState>(DOWN, UP)
const times = {
  unansweredSince: fc.nat(1e9),
  assignedAt: fc.nat(1e9),
  startedAt: fc.nat(1e9),
  settleMs: fc.nat(60_000),
}
const silence = fc.record({ ...times, minutes: fc.integer({ min: 1, max: 240 }) })

test('whoever is cared for or gone waits for nobody; anybody else goes on with the wait that there was', () => {
  fc.assert(
    fc.property(fc.option(fc.nat(100), { nil: undefined }), seat, link, fc.boolean(), (before, seat, link, cared) => {
      const after = unansweredSince(before, { seat, link, cared }, 200)
      if (seat.kind === 'free' || cared) expect(after).toBeUndefined()
      else if (before !== undefined) expect(after).toBe(before)
      else expect(after).toBe(isHere({ seat, link }) ? 200 : undefined)
    }),
  )
})

test('a page that is loaded again begins no wait, and ends none', () => {
  expect(unansweredSince(undefined, { seat: KEPT, link: DOWN, cared: false }, 200)).toBeUndefined()
  expect(unansweredSince(100, { seat: KEPT, link: DOWN, cared: false }, 200)).toBe(100)
  expect(isHere({ seat: KEPT, link: DOWN })).toBe(false)
  expect(isHere({ seat: KEPT, link: UP })).toBe(true)
  expect(isHere({ seat: FREE, link: UP })).toBe(false)
})

test('nobody is silent before the minutes are over, of the wait and of having the ticket; everybody is at some time', () => {
  fc.assert(
    fc.property(silence, fc.nat(2e9), (of, now) => {
      const since = Math.max(of.unansweredSince, of.assignedAt)
      if (isSilent(of, now)) expect(now - since).toBeGreaterThanOrEqual(of.minutes * 60_000)
      expect(isSilent(of, Math.max(since + of.minutes * 60_000, of.startedAt + of.settleMs))).toBe(true)
      if (isSilent(of, now)) expect(isSilent(of, now + 1)).toBe(true)
    }),
  )
})

test('desks have a while after the server’s start, and what began since then is not held up by it', () => {
  const of = { unansweredSince: 0, assignedAt: 0, minutes: 1, startedAt: 100_000, settleMs: 30_000 }
  expect([129_999, 130_000].map((now) => isSilent(of, now))).toEqual([false, true])
  const later = { ...of, unansweredSince: 100_000, assignedAt: 100_000, settleMs: 1e9 }
  expect([159_999, 160_000].map((now) => isSilent(later, now))).toEqual([false, true])
})
