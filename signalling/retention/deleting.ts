import type { TechnicianId, Time } from '../../protocol/ids.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import type { Services } from '../services.ts'
import { tellTechnician } from '../socket/send.ts'
import { writeLog } from '../store/log.ts'
import { endMedia } from '../store/media.ts'
import { deleteTicket } from '../store/retention.ts'
import { audience, type Live } from '../tickets/live.ts'

/**
 * Deletes a ticket that is over, for good. The deletion and the log's word of it are there together or not at all.
 * @param by the admin who does, or the server, where it was over for longer than tickets are kept
 * @returns false where it is open, was changed since it was read, or is gone already
 */
export async function deleteForGood(
  { store, live }: Pick<Services, 'store' | 'live'>,
  ticket: TicketHeader,
  by: TechnicianId | { kind: 'server' },
  now: Time,
): Promise<boolean> {
  const done = await store.db.transaction().execute(async (trx) => {
    if (!(await deleteTicket(trx, ticket, now))) return false
    await endMedia(trx, { ticket: ticket.id }, now)
    const { group, id, lookup } = ticket
    await writeLog(trx, { at: now, by, group, ticket: { id, lookup }, event: { what: 'ticket-deleted' } })
    return true
  })
  if (done) tellDeleted(live, ticket)
  return done
}

/** Those who see it lose it at once; every browser that has something of it asks when it next reaches the server. */
function tellDeleted(live: Live, ticket: TicketHeader): void {
  for (const peer of audience(live, ticket)) tellTechnician(peer, { type: 'ticket-gone', ticket: ticket.id })
  live.tickets.delete(ticket.id)
}
