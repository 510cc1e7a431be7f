import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { GroupId, Lookup, TechnicianId, TicketId } from '../../protocol/ids.ts'
import { TicketHeader } from '../../protocol/ticket.ts'
import { chooseLookup, drawLookups } from '../../signalling/tickets/lookup.ts'
import { isOpen, openTicket } from '../../signalling/tickets/ticket.ts'

const assignee = v.parse(TechnicianId, 'somebody')
const group = v.parse(GroupId, 'G'.repeat(22))
const id = v.parse(TicketId, 'A'.repeat(22))
const lookup = (text: string) => v.parse(Lookup, text)
const opened = openTicket({ id, lookup: lookup('01234'), group, assignee, now: 1_000, lifeMs: 500 })

test('a ticket is open until its time is over', () => {
  expect(v.parse(TicketHeader, opened)).toEqual(opened)
  expect(isOpen(opened, 1_499)).toBe(true)
  expect(isOpen(opened, 1_500)).toBe(false)
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
