import type { Refusal } from '../../protocol/errors.ts'
import type { GroupId, Lookup, TechnicianId, TicketId, Time } from '../../protocol/ids.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'

/** A ticket's beginning and its life, without clock, chance or database; what is done with it is in `change.ts`. */

export type Ruling<Value> = { ok: true; value: Value } | { ok: false; refusal: Refusal }

export function openTicket(of: {
  id: TicketId
  lookup: Lookup
  group: GroupId
  assignee: TechnicianId | null
  now: Time
  lifeMs: number
}): TicketHeader {
  return {
    id: of.id,
    lookup: of.lookup,
    group: of.group,
    state: { kind: 'open', assignee: of.assignee },
    seconds: [],
    createdAt: of.now,
    openedAt: of.now,
    answeredAt: null,
    expiresAt: of.now + of.lifeMs,
    version: 1,
  }
}

/** A ticket whose time is over counts as expired before anybody has written it down. */
export function isOpen(ticket: TicketHeader, now: Time): boolean {
  return ticket.state.kind === 'open' && now < ticket.expiresAt
}
