import * as v from 'valibot'
import { HeldReply, type HeldTakenRequest } from '../../protocol/held.ts'
import {
  type ChangeTicketRequest,
  type CreateTicketRequest,
  DetailsReply,
  type FileDetailsRequest,
  ManyDetailsReply,
  type ManyDetailsRequest,
  type OverState,
  type ResolvedSort,
  TicketEventsReply,
  TicketReply,
  TicketsReply,
} from '../../protocol/http.ts'
import type { TechnicianId, TicketId } from '../../protocol/ids.ts'
import { GroupsReply } from '../../protocol/people.ts'
import { RatingsReply } from '../../protocol/rating.ts'
import { type DeleteTicketRequest, GoneReply, type GoneRequest } from '../../protocol/retention.ts'
import type { ServerClient } from './server.ts'
import { type LogAsk, queryOf } from './server-log.ts'

const NOTHING = v.unknown()

/** The routes about tickets. They refuse as all of `ServerClient` do. */
export function serverTickets(server: Pick<ServerClient, 'call'>) {
  return {
    /** One page; `cursor` is `next` of the page before. */
    list: (state: 'open' | OverState, cursor: string | undefined, signal?: AbortSignal, chosen: ResolvedAsk = {}) =>
      server.call(`/api/tickets?${queryOf({ state, cursor, ...chosen })}`, { reply: TicketsReply, signal }),
    read: (id: TicketId, signal?: AbortSignal) => server.call(`/api/tickets/${id}`, { reply: TicketReply, signal }),
    details: (id: TicketId, signal?: AbortSignal) =>
      server.call(`/api/tickets/${id}/details`, { reply: DetailsReply, signal }),
    manyDetails: (body: ManyDetailsRequest, signal?: AbortSignal) =>
      server.call('/api/tickets/details', { method: 'POST', body, reply: ManyDetailsReply, signal }),
    /** Of one that expired. */
    file: (id: TicketId, body: FileDetailsRequest, signal?: AbortSignal) =>
      server.call(`/api/tickets/${id}/details`, { method: 'POST', body, reply: NOTHING, signal }),
    events: (id: TicketId, signal?: AbortSignal) =>
      server.call(`/api/tickets/${id}/events`, { reply: TicketEventsReply, signal }),
    create: (body: CreateTicketRequest, signal?: AbortSignal) =>
      server.call('/api/tickets', { method: 'POST', body, reply: TicketReply, signal }),
    change: (id: TicketId, body: ChangeTicketRequest, signal?: AbortSignal) =>
      server.call(`/api/tickets/${id}/changes`, { method: 'POST', body, reply: TicketReply, signal }),
    /** What the customer left. */
    held: (id: TicketId, signal?: AbortSignal) => server.call(`/api/tickets/${id}/held`, { reply: HeldReply, signal }),
    takeHeld: (id: TicketId, body: HeldTakenRequest, signal?: AbortSignal) =>
      server.call(`/api/tickets/${id}/held/taken`, { method: 'POST', body, reply: NOTHING, signal }),
    /** Which of them were deleted. */
    gone: (body: GoneRequest, signal?: AbortSignal) =>
      server.call('/api/tickets/gone', { method: 'POST', body, reply: GoneReply, signal }),
    /** For good, and everywhere. */
    delete: (id: TicketId, body: DeleteTicketRequest, signal?: AbortSignal) =>
      server.call(`/api/tickets/${id}/delete`, { method: 'POST', body, reply: NOTHING, signal }),
    ratings: (id: TicketId, signal?: AbortSignal) =>
      server.call(`/api/tickets/${id}/ratings`, { reply: RatingsReply, signal }),
    /** Every group, as somewhere to move a ticket to. */
    groups: (signal?: AbortSignal) => server.call('/api/groups', { reply: GroupsReply, signal }),
  }
}
export type ServerTickets = ReturnType<typeof serverTickets>

/** Which of the tickets that are over. */
export type ResolvedAsk = Pick<LogAsk, 'group' | 'from' | 'until' | 'order' | 'export'> & {
  assignee?: TechnicianId | undefined
  sort?: ResolvedSort | undefined
  /** The first half of the code. */
  lookup?: string | undefined
}
