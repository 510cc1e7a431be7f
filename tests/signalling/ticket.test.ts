import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { Lookup, TechnicianId, TicketId } from '../../protocol/ids.ts'
import { TicketHeader } from '../../protocol/ticket.ts'
import { chooseLookup, drawLookups } from '../../signalling/tickets/lookup.ts'
import { checkAssignee, expireTicket, isOpen, maySee, openTicket } from '../../signalling/tickets/ticket.ts'

const creator = v.parse(TechnicianId, 'creator')
const other = v.parse(TechnicianId, 'other')
const id = v.parse(TicketId, 'A'.repeat(22))
const lookup = (text: string) => v.parse(Lookup, text)
const opened = openTicket({ id, lookup: lookup('01234'), creator, now: 1_000, lifeMs: 500 })

test('an open ticket ends once, for who saw its version, and every change is a version more', () => {
  const ask = fc.record({
    version: fc.integer({ min: 1, max: 4 }),
    why: fc.constantFrom('withdrawn' as const, 'guessed' as const, 'time' as const),
    now: fc.integer({ min: 1_000, max: 9_000 }),
  })
  fc.assert(
    fc.property(fc.array(ask, { minLength: 1, maxLength: 10 }), (asks) => {
      let ticket = opened
      let changes = 0
      for (const one of asks) {
        const ruling = expireTicket(ticket, one)
        const allowed = changes === 0 && one.version === ticket.version
        expect(ruling.ok).toBe(allowed)
        if (!ruling.ok) {
          expect(ruling.refusal.code).toBe(changes === 0 ? 'conflict' : 'dead-code')
          continue
        }
        changes += 1
        expect(ruling.value).toEqual({ ...ticket, version: ticket.version + 1, state: ruling.value.state })
        ticket = v.parse(TicketHeader, ruling.value)
        expect(isOpen(ticket, one.now)).toBe(false)
      }
    }),
  )
})

test('a ticket is open until its time is over', () => {
  expect(v.parse(TicketHeader, opened)).toEqual(opened)
  expect(isOpen(opened, 1_499)).toBe(true)
  expect(isOpen(opened, 1_500)).toBe(false)
})

test('assignees see and may, admins see, others do not learn', () => {
  const person = (who: TechnicianId, admin: boolean) => ({ id: who, name: 'N', email: 'n@example.org', admin })
  expect(maySee(person(creator, false), creator)).toBe(true)
  expect(maySee(person(other, true), creator)).toBe(true)
  expect(maySee(person(other, false), creator)).toBe(false)
  expect(maySee(person(other, false), null)).toBe(false)
  expect(checkAssignee(person(creator, false), creator)).toBeUndefined()
  expect(checkAssignee(person(other, true), creator)?.code).toBe('forbidden')
  expect(checkAssignee(person(other, false), creator)?.code).toBe('not-found')
})

test('lookups are five digits, all different, and any of the 100 000', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 99_999 }), { minLength: 1, maxLength: 50 }), (numbers) => {
      const different = [...new Set(numbers)]
      const chance = [...numbers]
      const drawn = drawLookups(different.length, (below) => {
        expect(below).toBe(100_000)
        return chance.shift() ?? 0
      })
      expect(drawn).toEqual(different.map((number) => String(number).padStart(5, '0')))
    }),
  )
})

test('a lookup that no ticket had lately comes first, a resting one next, an open one never', () => {
  const some = fc.uniqueArray(fc.integer({ min: 0, max: 20 }).map((number) => lookup(String(number).padStart(5, '0'))))
  fc.assert(
    fc.property(some, some, some, (candidates, open, resting) => {
      const taken = { open: new Set(open), resting: new Set(resting) }
      const chosen = chooseLookup(candidates, taken)
      const free = candidates.filter((one) => !taken.open.has(one))
      const fresh = free.filter((one) => !taken.resting.has(one))
      if (fresh.length > 0) expect(fresh).toContain(chosen)
      else if (free.length > 0) expect(free).toContain(chosen)
      else expect(chosen).toBeUndefined()
    }),
  )
})
