import type { Refusal } from '../../protocol/errors.ts'
import type { Lookup, TechnicianId, TicketId, Time } from '../../protocol/ids.ts'
import type { TicketHeader, TicketState } from '../../protocol/ticket.ts'
import type { Technician } from '../auth.ts'

/** Rules of a ticket, without clock, chance or database. `open` becomes `expired`, and that is for good. */

export type Expired = Extract<TicketState, { kind: 'expired' }>
export type Ruling<Value> = { ok: true; value: Value } | { ok: false; refusal: Refusal }

/** A new ticket: its creator is its assignee. */
export function openTicket(of: {
  id: TicketId
  lookup: Lookup
  creator: TechnicianId
  now: Time
  lifeMs: number
}): TicketHeader {
  return {
    id: of.id,
    lookup: of.lookup,
    state: { kind: 'open', assignee: of.creator },
    createdAt: of.now,
    expiresAt: of.now + of.lifeMs,
    version: 1,
  }
}

/** Kills the ticket's code, if the ticket still is as the one who asks saw it (`version`). */
export function expireTicket(
  ticket: TicketHeader,
  ask: { version: number; why: Expired['why']; now: Time },
): Ruling<TicketHeader> {
  if (ticket.state.kind === 'expired') return { ok: false, refusal: { code: 'dead-code' } }
  if (ticket.version !== ask.version) return { ok: false, refusal: { code: 'conflict', about: 'version' } }
  const state: Expired = { kind: 'expired', at: ask.now, why: ask.why }
  return { ok: true, value: { ...ticket, state, version: ticket.version + 1 } }
}

/** A ticket whose time is over counts as expired before anybody has written it down. */
export function isOpen(ticket: TicketHeader, now: Time): boolean {
  return ticket.state.kind === 'open' && now < ticket.expiresAt
}

/** Assignees see their tickets, admins all. */
export function maySee(technician: Technician, assignee: TechnicianId | null): boolean {
  return technician.admin || technician.id === assignee
}

/** Only the assignee chats, connects and expires; who may not even see the ticket does not learn that there is one. */
export function checkAssignee(technician: Technician, assignee: TechnicianId | null): Refusal | undefined {
  if (technician.id === assignee) return undefined
  return { code: maySee(technician, assignee) ? 'forbidden' : 'not-found', about: 'ticket' }
}
