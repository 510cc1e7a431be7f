import type { TechnicianId, Time } from '../../protocol/ids.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import type { Services } from '../services.ts'
import { tellTechnician } from '../socket/send.ts'
import { writeLog } from '../store/log.ts'
import { deleteTicket } from '../store/retention.ts'
import { audience, type Live } from '../tickets/live.ts'

/** An admin deletes a ticket that is over, for good; the log keeps that it was done. @returns false where it is open, or gone already */
export async function deleteByHand(
  { store, live }: Pick<Services, 'store' | 'live'>,
  ticket: TicketHeader,
  by: TechnicianId,
  now: Time,
): Promise<boolean> {
  const done = await store.db.transaction().execute(async (trx) => {
    if (!(await deleteTicket(trx, ticket.id, now))) return false
    const { group, id, lookup } = ticket
    await writeLog(trx, { at: now, by, group, ticket: { id, lookup }, event: { what: 'ticket-deleted' } })
    return true
  })
  if (done) tellDeleted(live, ticket)
  return done
}

/** Those who see it lose it at once; every browser that has something of it asks when it opens next. */
export function tellDeleted(live: Live, ticket: TicketHeader): void {
  for (const peer of audience(live, ticket)) tellTechnician(peer, { type: 'ticket-gone', ticket: ticket.id })
  live.tickets.delete(ticket.id)
}
