import type { Time } from '../../protocol/ids.ts'
import { assigneeOf, type TicketHeader } from '../../protocol/ticket.ts'
import type { TicketCause } from '../../protocol/ticket-cause.ts'
import { tellTechnician } from '../socket/send.ts'
import { releaseStranger } from './attendance.ts'
import { noteLatest } from './latest.ts'
import { audience, type Live } from './live.ts'
import { clearTicket } from './seating.ts'

/**
 * A change is in the database: those who saw the ticket and those who see it now are told, and whoever is on it follows.
 * @param cause why the server changed it by itself
 */
export function followChange(
  live: Live,
  before: TicketHeader,
  after: TicketHeader,
  now: Time,
  cause?: TicketCause,
): void {
  noteLatest(live, after, now)
  const seen = audience(live, after)
  for (const peer of seen) tellTechnician(peer, { type: 'ticket', ticket: after, ...(cause && { cause }) })
  if (before.group !== after.group) {
    for (const peer of audience(live, before)) {
      if (!seen.includes(peer)) tellTechnician(peer, { type: 'ticket-gone', ticket: after.id })
    }
  }
  const ticket = live.tickets.get(after.id)
  if (!ticket || ticket.header.version > after.version) return
  ticket.header = after
  // Another group has another key, and another line.
  if (before.group !== after.group) for (const { group } of [before, after]) live.changedLines.add(group)
  if (after.state.kind === 'open') releaseStranger(live, ticket, assigneeOf(before), now)
  else clearTicket(live, after.id, after.state.kind === 'resolved' ? 'resolved' : 'dead-code', now)
}

/** Its first answer is in the database, or that its details are: nobody's change is overtaken by it, so that the version stays. */
export function tellHeader(live: Live, header: TicketHeader): void {
  const ticket = live.tickets.get(header.id)
  if (ticket && ticket.header.version <= header.version) ticket.header = header
  for (const peer of audience(live, header)) tellTechnician(peer, { type: 'ticket', ticket: header })
}
