import { type ChangeTicketRequest, TicketReply, TicketsReply } from '../../protocol/http.ts'
import type { TicketId } from '../../protocol/ids.ts'
import type { ServerClient } from '../server/server.ts'

/** The routes about tickets that the background needs. They refuse as all of `ServerClient` do. */

/** All that are open, with presence, over as many pages as there are. */
export async function listOpenTickets(server: ServerClient, signal: AbortSignal): Promise<TicketsReply['tickets']> {
  const listed: TicketsReply['tickets'] = []
  let cursor: string | null = null
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page: TicketsReply = await server.call(`/api/tickets?state=open${query}`, { reply: TicketsReply, signal })
    listed.push(...page.tickets)
    cursor = page.next
  } while (cursor !== null)
  return listed
}

export const readTicket = (server: ServerClient, id: TicketId, signal?: AbortSignal) =>
  server.call(`/api/tickets/${id}`, { reply: TicketReply, signal })

export const changeTicket = (server: ServerClient, id: TicketId, body: ChangeTicketRequest, signal?: AbortSignal) =>
  server.call(`/api/tickets/${id}/changes`, { method: 'POST', body, reply: TicketReply, signal })
