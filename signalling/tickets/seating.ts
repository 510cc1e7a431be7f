import type { Refusal } from '../../protocol/errors.ts'
import type { TicketId, Time } from '../../protocol/ids.ts'
import type { SessionEnd } from '../../protocol/log-event.ts'
import type { TurnAwayReason, Unattended } from '../../protocol/socket.ts'
import { assigneeOf, type TicketHeader } from '../../protocol/ticket.ts'
import type { CustomerPeer } from '../socket/peer.ts'
import { CLOSE, dismiss, dismissRefused, tellCustomer } from '../socket/send.ts'
import { type TokenHash, whoAttends } from '../tokens.ts'
import { NOTHING_TOLD } from './customer-news.ts'
import { latestOf } from './latest.ts'
import { announce, enliven, forgetArrival, type Live, type LiveTicket } from './live.ts'
import { FREE, keep, lose, mayTake, settle, take } from './seat.ts'
import { isOpen } from './ticket.ts'

/** Customers come, sit, lose their socket and leave. */

/**
 * Keeps the seat for the socket of this join. @returns `code-in-use` when another customer has it, `dead-code` where the ticket ended
 * while it was read.
 */
export function reserveSeat(live: Live, read: TicketHeader, join: TokenHash, now: Time): Refusal | undefined {
  const stored = latestOf(live, read)
  if (!isOpen(stored, now)) return { code: 'dead-code', about: 'lookup' }
  const ticket = enliven(live, stored)
  const seat = settle(ticket.seat, ticket.link, now)
  if (!mayTake(seat, join)) return { code: 'code-in-use' }
  if (seat.kind === 'free') forgetArrival(ticket)
  ticket.seat = keep(seat, join, now + live.graceMs)
  announce(live, ticket, now)
  return undefined
}

/** Puts the customer's socket on the seat; an older socket of the same join has to go. @returns as `reserveSeat` */
export function takeSeat(live: Live, read: TicketHeader, peer: CustomerPeer, now: Time): Refusal | undefined {
  const stored = latestOf(live, read)
  if (!isOpen(stored, now)) return { code: 'dead-code', about: 'hello' }
  const ticket = enliven(live, stored)
  const seat = settle(ticket.seat, ticket.link, now)
  if (!mayTake(seat, peer.join)) return { code: 'code-in-use', about: 'hello' }
  if (seat.kind === 'free') forgetArrival(ticket)
  const older = ticket.customer
  ticket.seat = take(peer.join, now)
  ticket.customer = peer
  // Who talks with somebody and whose socket is cut did not go away.
  const comesAgain = ticket.answered && ticket.link.kind === 'down'
  if (comesAgain || ticket.arrivedAt === undefined) ticket.arrivedAt = now
  ticket.told = NOTHING_TOLD
  live.changedLines.add(ticket.header.group)
  if (older) dismissRefused(older.connection, { code: 'code-in-use', about: 'hello' })
  announce(live, ticket, now)
  return undefined
}

/** Who attends, as the customer is told after each `hello` and each change. `why`: where nobody does any more. */
export function tellAttendance(
  ticket: LiveTicket,
  why: Unattended['why'] = assigneeOf(ticket.header) === null ? 'released' : 'socket',
): void {
  if (!ticket.customer) return
  if (ticket.attendant) {
    const { id, name } = ticket.attendant.technician
    tellCustomer(ticket.customer, { type: 'attended', technician: name, who: whoAttends(ticket.id, id) })
  } else {
    tellCustomer(ticket.customer, { type: 'unattended', why })
  }
}

/** The customer's socket is gone; the seat is kept for a while. */
export function loseCustomer(live: Live, peer: CustomerPeer, now: Time): void {
  const ticket = live.tickets.get(peer.ticket)
  if (ticket?.customer !== peer) return
  ticket.customer = undefined
  ticket.seat = lose(ticket.seat, now + live.graceMs)
  announce(live, ticket, now)
}

/** Frees the seat at once. @param by who ends the session, for the log. @returns the join that had it; its token should be killed. */
export function freeSeat(live: Live, ticket: LiveTicket, by: SessionEnd, now: Time): TokenHash | undefined {
  ticket.leaves = by
  const join = ticket.seat.kind === 'free' ? undefined : ticket.seat.join
  ticket.seat = FREE
  ticket.customer = undefined
  announce(live, ticket, now)
  return join
}

/** Takes the seat from the customer and says why. @returns the join that had it. */
export function turnAway(
  live: Live,
  ticket: LiveTicket,
  away: { reason: TurnAwayReason; retryAfterMs?: number | undefined },
  now: Time,
): TokenHash | undefined {
  const { customer } = ticket
  const { reason, retryAfterMs } = away
  if (customer) {
    tellCustomer(customer, { type: 'turned-away', reason, ...(retryAfterMs !== undefined && { retryAfterMs }) })
    dismiss(customer.connection, CLOSE.done)
  }
  return freeSeat(live, ticket, ENDERS[reason], now)
}

const ENDERS = {
  ended: 'technician',
  resolved: 'ticket-over',
  'dead-code': 'ticket-over',
  'wrong-secret': 'lost',
  'no-answer': 'lost',
} as const satisfies Record<TurnAwayReason, SessionEnd>

/** The ticket's code died: whoever is on it has to go. */
export function clearTicket(
  live: Live,
  id: TicketId,
  reason: Extract<TurnAwayReason, 'dead-code' | 'resolved'>,
  now: Time,
): void {
  const ticket = live.tickets.get(id)
  if (!ticket) return
  ticket.attendant?.attends.delete(id)
  ticket.attendant = undefined
  ticket.link = { kind: 'down' }
  turnAway(live, ticket, { reason }, now)
}
