import * as v from 'valibot'
import { expect, test } from 'vitest'
import { GroupId, Lookup, TechnicianId, TicketId } from '../../protocol/ids.ts'
import { lookUpRights } from '../../signalling/people/letting-in.ts'
import { renewTechnician } from '../../signalling/people/online.ts'
import { expireByTime } from '../../signalling/tickets/change.ts'
import { followChange } from '../../signalling/tickets/changed.ts'
import { latestOf } from '../../signalling/tickets/latest.ts'
import { makeLive } from '../../signalling/tickets/live.ts'
import { reserveSeat } from '../../signalling/tickets/seating.ts'
import { openTicket } from '../../signalling/tickets/ticket.ts'
import { hashToken } from '../../signalling/tokens.ts'

const NOW = 1_000_000
const ids = { id: v.parse(TicketId, 'T'.repeat(22)), group: v.parse(GroupId, 'G'.repeat(22)) }
const ticket = openTicket({ ...ids, lookup: v.parse(Lookup, '12345'), assignee: null, now: NOW, lifeMs: NOW })
const ada = { id: v.parse(TechnicianId, 'ada'), name: 'Ada', email: 'ada@example.org', admin: false, groups: [] }

test('S2 who read a ticket while it ended gets no seat on it', () => {
  const live = makeLive({ seatGraceMs: 1_000 })
  expect(reserveSeat(live, ticket, hashToken('one'), NOW)).toBeUndefined()
  const ended = expireByTime(ticket, NOW).header
  followChange(live, ticket, ended, NOW)
  expect(latestOf(live, ticket)).toBe(ended)
  expect(reserveSeat(live, ticket, hashToken('another'), NOW)).toEqual({ code: 'dead-code', about: 'lookup' })
  expect(live.tickets.size).toBe(0)
})

test('S2 what is read later is the newer one, and nothing is remembered for longer than a read takes', () => {
  const live = makeLive({ seatGraceMs: 1_000 })
  followChange(live, ticket, { ...ticket, version: 2 }, NOW)
  expect(latestOf(live, { ...ticket, version: 3 }).version).toBe(3)
  const other = { ...ticket, id: v.parse(TicketId, 'O'.repeat(22)) }
  followChange(live, other, { ...other, version: 2 }, NOW + 60_001)
  expect([...live.latest.keys()]).toEqual([other.id])
})

test('T3 who comes in while rights change is looked up once more, and else once', async () => {
  const live = makeLive({ seatGraceMs: 1_000 })
  let looked = 0
  const look = async () => {
    looked += 1
    if (looked === 1) renewTechnician(live, ada)
    return looked
  }
  expect(await lookUpRights(live, look)).toBe(2)
  expect(await lookUpRights(live, look)).toBe(3)
})
