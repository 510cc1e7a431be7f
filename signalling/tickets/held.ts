import type { TicketHeader } from '../../protocol/ticket.ts'
import { tellTechnician } from '../socket/send.ts'
import { audience, type Live } from './live.ts'

/** Tells those who may see the ticket how many messages its customer has left there by now. */
export function tellHeld(live: Live, ticket: TicketHeader, held: number): void {
  for (const peer of audience(live, ticket)) tellTechnician(peer, { type: 'held-count', ticket: ticket.id, held })
}
