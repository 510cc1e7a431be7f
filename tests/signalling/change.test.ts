import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import type { TicketChange } from '../../protocol/http.ts'
import { GroupId, Lookup, TechnicianId, TicketId } from '../../protocol/ids.ts'
import { Sealed } from '../../protocol/rooms.ts'
import { TicketHeader } from '../../protocol/ticket.ts'
import { type Ask, changeTicket } from '../../signalling/tickets/change.ts'
import { mayHandle, mayOpenCase, maySee, type Person } from '../../signalling/tickets/rights.ts'
import { openTicket } from '../../signalling/tickets/ticket.ts'

const id = (name: string) => v.parse(TechnicianId, name)
const group = (letter: string) => v.parse(GroupId, letter.repeat(22))
const [support, field] = [group('S'), group('F')]
const lookup = v.parse(Lookup, '01234')
const sealed = v.parse(Sealed, 'x'.repeat(40))

const person = (name: string, groups: GroupId[], admin = false): Person => ({ id: id(name), admin, groups })
const ada = person('ada', [], true)
const marie = person('marie', [support])
const tom = person('tom', [support])
const olga = person('olga', [field])
const people = [ada, marie, tom, olga]

function ticketOf(assignee: Person | null): TicketHeader {
  const ticket = v.parse(TicketId, 'T'.repeat(22))
  return openTicket({ id: ticket, lookup, group: support, assignee: assignee?.id ?? null, now: 1_000, lifeMs: 500 })
}

function ask(by: Person, more: Partial<Ask> = {}): Ask {
  return { by, version: 1, now: 2_000, named: undefined, groupExists: true, lookup, lifeMs: 500, ...more }
}

const codeOf = (ticket: TicketHeader, change: TicketChange, request: Ask) => {
  const ruling = changeTicket(ticket, change, request)
  return ruling.ok ? 'yes' : ruling.refusal.code
}

test('members and admins see a ticket; assignee, seconds and admins open its case; the rest is the assignee’s or anybody’s while nobody has it', () => {
  const ticket = { ...ticketOf(marie), seconds: [tom.id, olga.id] }
  expect(people.filter((one) => maySee(one, ticket))).toEqual([ada, marie, tom])
  expect(people.filter((one) => mayOpenCase(one, ticket))).toEqual([ada, marie, tom])
  expect(people.filter((one) => mayOpenCase(one, ticketOf(marie)))).toEqual([ada, marie])
  expect(people.filter((one) => mayHandle(one, ticket))).toEqual([ada, marie])
  expect(people.filter((one) => mayHandle(one, ticketOf(null)))).toEqual([ada, marie, tom])
})

test('whoever does not see the ticket learns nothing, and a version that is old is a conflict', () => {
  const change = { kind: 'expire', why: 'withdrawn' } as const
  expect(codeOf(ticketOf(null), change, ask(olga))).toBe('not-found')
  expect(codeOf(ticketOf(null), change, ask(marie, { version: 2 }))).toBe('conflict')
  expect(codeOf(ticketOf(marie), change, ask(tom))).toBe('forbidden')
  expect(codeOf(ticketOf(marie), change, ask(ada))).toBe('yes')
})

test('assigning: any member to any member; not to somebody who may not see it, not to who has it', () => {
  const to = (one: Person | null): TicketChange => ({ kind: 'assign', assignee: one?.id ?? null })
  expect(changeTicket(ticketOf(marie), to(tom), ask(tom, { named: tom }))).toMatchObject({
    ok: true,
    value: {
      header: { state: { kind: 'open', assignee: tom.id }, version: 2 },
      event: { what: 'assigned', by: tom.id, whom: tom.id },
    },
  })
  expect(codeOf(ticketOf(marie), to(olga), ask(marie, { named: olga }))).toBe('not-found')
  expect(codeOf(ticketOf(marie), to(tom), ask(marie))).toBe('not-found')
  expect(codeOf(ticketOf(marie), to(marie), ask(marie, { named: marie }))).toBe('conflict')
  expect(changeTicket(ticketOf(marie), to(null), ask(tom))).toMatchObject({
    value: { event: { what: 'unassigned', whom: marie.id } },
  })
  expect(codeOf(ticketOf(null), to(null), ask(tom))).toBe('conflict')
})

test('moving: to a group that there is, with details for it; nobody has it then, and its seconds are gone', () => {
  const before = { ...ticketOf(marie), seconds: [tom.id] }
  const change = { kind: 'move', group: field, sealed } as const
  expect(changeTicket(before, change, ask(marie))).toMatchObject({
    value: {
      header: { group: field, seconds: [], state: { kind: 'open', assignee: null } },
      event: { what: 'moved', group: field },
      details: { kind: 'moved', sealed },
    },
  })
  expect(codeOf(before, change, ask(marie, { groupExists: false }))).toBe('not-found')
  expect(codeOf(before, { ...change, group: support }, ask(marie))).toBe('conflict')
})

test('seconds: invited by the assignee or an admin, members only; they may leave by themselves', () => {
  const second = (one: Person, invited: boolean): TicketChange => ({ kind: 'second', technician: one.id, invited })
  expect(codeOf(ticketOf(marie), second(tom, true), ask(marie, { named: tom }))).toBe('yes')
  expect(codeOf(ticketOf(marie), second(tom, true), ask(tom, { named: tom }))).toBe('forbidden')
  expect(codeOf(ticketOf(marie), second(olga, true), ask(marie, { named: olga }))).toBe('not-found')
  expect(codeOf(ticketOf(marie), second(marie, true), ask(marie, { named: marie }))).toBe('conflict')
  const shared = { ...ticketOf(marie), seconds: [tom.id] }
  expect(codeOf(shared, second(tom, false), ask(tom))).toBe('yes')
  expect(codeOf(shared, second(tom, true), ask(marie, { named: tom }))).toBe('conflict')
})

test('resolved: the code is dead until it is reopened, by any member, who has it then', () => {
  const ruling = changeTicket(ticketOf(marie), { kind: 'resolve', sealed }, ask(marie))
  if (!ruling.ok) throw new Error('the assignee may')
  const { header } = ruling.value
  expect(header.state).toEqual({ kind: 'resolved', assignee: marie.id, at: 2_000, by: marie.id })
  expect(codeOf(header, { kind: 'assign', assignee: null }, ask(marie, { version: 2 }))).toBe('dead-code')
  expect(codeOf(ticketOf(marie), { kind: 'reopen' }, ask(marie))).toBe('conflict')
  const another = v.parse(Lookup, '99999')
  expect(changeTicket(header, { kind: 'reopen' }, ask(tom, { version: 2, lookup: another }))).toMatchObject({
    value: { header: { lookup: another, expiresAt: 2_500, version: 3, state: { kind: 'open', assignee: tom.id } } },
  })
})

test('every change that is allowed is one version more, and makes a ticket of the schema; what expired stays so', () => {
  const one = fc.constantFrom(...people)
  const change = fc.oneof(
    fc.record({ kind: fc.constant('assign' as const), assignee: fc.option(one.map((who) => who.id)) }),
    fc.record({
      kind: fc.constant('move' as const),
      group: fc.constantFrom(support, field),
      sealed: fc.constant(sealed),
    }),
    fc.record({ kind: fc.constant('second' as const), technician: one.map((who) => who.id), invited: fc.boolean() }),
    fc.record({ kind: fc.constant('resolve' as const), sealed: fc.constant(sealed) }),
    fc.record({ kind: fc.constant('reopen' as const) }),
    fc.record({ kind: fc.constant('expire' as const), why: fc.constant('withdrawn' as const) }),
  )
  fc.assert(
    fc.property(fc.array(fc.record({ by: one, change }), { maxLength: 20 }), (asks) => {
      let ticket = ticketOf(null)
      for (const { by, change } of asks) {
        const name = change.kind === 'assign' ? change.assignee : change.kind === 'second' ? change.technician : null
        const named = people.find((who) => who.id === name)
        const ruling = changeTicket(ticket, change, ask(by, { version: ticket.version, named }))
        if (!ruling.ok) continue
        expect(ticket.state.kind).not.toBe('expired')
        expect(ruling.value.header.version).toBe(ticket.version + 1)
        ticket = v.parse(TicketHeader, ruling.value.header)
        const { state, seconds } = ticket
        const inIt = [...seconds, ...(state.kind === 'open' && state.assignee ? [state.assignee] : [])]
        expect(inIt.filter((who) => !people.some((one) => one.id === who && maySee(one, ticket)))).toEqual([])
        expect(new Set(inIt).size).toBe(inIt.length)
      }
    }),
  )
})
