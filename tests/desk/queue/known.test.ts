import { expect, test } from 'vitest'
import {
  hearHeld,
  hearListed,
  hearPresence,
  hearTicket as hearTicketSince,
  type Known,
  leftTheQueue,
} from '../../../desk/queue/known.ts'
import type { TicketHeader } from '../../../protocol/ticket.ts'
import { header, offline, open, TOM, waiting } from './samples.ts'

const expired = { kind: 'expired', at: 4000, why: 'withdrawn', assignee: null, filed: false } as const
/** All of it since the server was reached. */
const hearTicket = (before: Known | undefined, ticket: TicketHeader, seen: number) =>
  hearTicketSince(before, ticket, seen, 0)
const listed = (ticket = header(1), presence = offline, held = 0) => ({ ticket, presence, held })

test('a newer version replaces, an older one does not', () => {
  const first = hearTicket(undefined, header(1, { version: 2, state: expired }), 1)
  expect(hearTicket(first, header(1, { version: 1 }), 2)).toBe(first)
  expect(hearTicket(first, header(1, { version: 3 }), 2).header.version).toBe(3)
})

test('a ticket that ends has nobody there', () => {
  const there = hearPresence(hearTicket(undefined, header(1), 1), waiting(10), 2)
  expect(there.presence).toEqual(waiting(10))
  const ended = hearTicket(there, header(1, { version: 2, state: expired }), 3)
  expect(ended.presence).toEqual(offline)
  expect(hearPresence(ended, waiting(20), 4)).toBe(ended)
})

test('what a customer left is counted, and stays counted when the ticket changes', () => {
  const known = hearHeld(hearTicket(undefined, header(1), 1), 3, 2)
  expect(hearTicket(known, header(1, { version: 2 }), 3).held).toBe(3)
})

test('the list brings what is new and where customers are', () => {
  expect(hearListed(undefined, listed(header(1), waiting(10), 2), 0)).toEqual({
    header: header(1),
    presence: waiting(10),
    held: 2,
    seen: 0,
    headerSeen: 0,
  })
})

test('the list does not undo what was heard after it was asked for', () => {
  const known = hearPresence(hearTicket(undefined, header(1), 1), waiting(10), 2)
  expect(hearListed(known, listed(), 1).presence).toEqual(waiting(10))
  expect(hearListed(known, listed(), 2).presence).toEqual(offline)
  expect(hearListed(hearTicket(undefined, header(1, { version: 5 }), 2), listed(), 1).header.version).toBe(5)
})

test('the list is believed where it is older than what was heard before: the server was put back to an older state', () => {
  const known = hearTicket(undefined, header(1, { version: 5, state: expired }), 4)
  expect(hearListed(known, listed(header(1, { version: 3 }), waiting(10)), 4)).toEqual({
    header: header(1, { version: 3 }),
    presence: waiting(10),
    held: 0,
    seen: 4,
    headerSeen: 4,
  })
})

test('what was heard of a server before it was put back does not hide what it says now', () => {
  const known = hearTicket(undefined, header(1, { version: 5, state: expired }), 4)
  // It was reached again at 5, the list was asked for at 6, and a change came before the list.
  const changed = hearTicketSince(known, header(1, { version: 3, state: open(TOM) }), 7, 5)
  expect(changed.header.version).toBe(3)
  expect(hearListed(changed, listed(header(1, { version: 2 })), 6).header).toBe(changed.header)
  // A customer who came in between is no reason to believe the header of before.
  const there = hearPresence(hearTicket(undefined, header(1, { version: 5 }), 4), waiting(10), 7)
  const asListed = hearListed(there, listed(header(1, { version: 3 })), 6)
  expect([asListed.header.version, asListed.presence]).toEqual([3, waiting(10)])
})

test('what the list says once more is not shown anew', () => {
  const known = hearPresence(hearTicket(undefined, header(1), 1), waiting(10), 2)
  const again = hearListed(known, listed({ ...header(1) }, waiting(10)), 3)
  expect(again.header).toBe(known.header)
  expect(again.presence).toBe(known.presence)
  expect(again.seen).toBe(3)
  // A server that was put back to an older state gives the same version twice.
  const other = header(1, { state: open(TOM) })
  expect(hearListed(known, listed(other), 3).header).toBe(other)
})

test('a ticket that the list lacks has gone, unless it was heard of since', () => {
  const known = hearTicket(undefined, header(1), 2)
  expect(leftTheQueue(known, 2)).toBe(true)
  expect(leftTheQueue(known, 1)).toBe(false)
})
