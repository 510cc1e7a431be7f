import type { Details } from '../../protocol/details.ts'
import type { GroupId, TicketId } from '../../protocol/ids.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import type { OpenKeyring } from '../keys/keyring.ts'
import type { ServerTickets } from '../server/server-tickets.ts'
import type { QueueEntry } from './entry.ts'
import { openDetails } from './row-details.ts'

type Parts = {
  server: Pick<ServerTickets, 'read' | 'details'>
  keyringOf(group: GroupId): OpenKeyring | undefined
  /** What the queue has of one that expired. */
  inQueue(header: TicketHeader): Details | undefined
  signal: AbortSignal
}

/**
 * A ticket that need not be in the queue any more, with its details as far as they rest on its row and open here.
 * @throws RefusedError `not-found` where one may not see it.
 */
export async function readPastTicket(id: TicketId, { server, keyringOf, inQueue, signal }: Parts): Promise<QueueEntry> {
  const { ticket: header } = await server.read(id, signal)
  const written = header.state.kind === 'expired' ? inQueue(header) : undefined
  const { details: row } = written ? { details: undefined } : await server.details(id, signal)
  const keyring = keyringOf(header.group)
  // What does not open leaves the ticket without a name: its case is still there.
  const details = row && keyring ? await openDetails(keyring, id, row).catch(() => undefined) : written
  return { header, presence: { kind: 'offline' }, held: 0, details, asked: false }
}
