import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import { type HeldReply, HeldTakenRequest } from '../../protocol/held.ts'
import {
  ChangeTicketRequest,
  CreateTicketRequest,
  type DetailsReply,
  FileDetailsRequest,
  type ManyDetailsReply,
  ManyDetailsRequest,
  OverState,
  ResolvedSort,
  type TicketEventsReply,
  type TicketReply,
  type TicketsReply,
} from '../../protocol/http.ts'
import { GroupId, Lookup, TechnicianId, TicketId } from '../../protocol/ids.ts'
import { MAX_CHANGE_BODY, MAX_DETAILS_BODY } from '../../protocol/limits.ts'
import { LogQuery } from '../../protocol/log.ts'
import type { RatingsReply } from '../../protocol/rating.ts'
import { assigneeOf, type TicketHeader } from '../../protocol/ticket.ts'
import type { Technician } from '../auth.ts'
import type { Services } from '../services.ts'
import { countHeld, deleteHeld, listHeld } from '../store/held.ts'
import { writeLog } from '../store/log.ts'
import { listRatings } from '../store/ratings.ts'
import { listEvents } from '../store/ticket-events.ts'
import { listTickets } from '../store/ticket-pages.ts'
import { fileDetails, findDetails, findManyDetails, findTicket } from '../store/tickets.ts'
import { tellHeader } from '../tickets/changed.ts'
import { tellHeld } from '../tickets/held.ts'
import { createTicket, requestChange } from '../tickets/lifecycle.ts'
import { presenceNow } from '../tickets/live.ts'
import { mayHandle, mayOpenCase, maySee } from '../tickets/rights.ts'
import { readBody } from './body.ts'
import { type Env, readId, requireTechnician } from './request.ts'

const ListQuery = v.object({
  state: v.optional(v.union([v.literal('open'), OverState]), 'open'),
  cursor: LogQuery.entries.cursor,
  // Of those only that are over.
  group: v.optional(GroupId),
  assignee: v.optional(TechnicianId),
  from: LogQuery.entries.from,
  until: LogQuery.entries.until,
  lookup: v.optional(Lookup),
  sort: v.optional(ResolvedSort, 'time'),
  order: LogQuery.entries.order,
  export: LogQuery.entries.export,
})

export function ticketRoutes(services: Services): Hono<Env> {
  const { store, live, throttles, config } = services
  return (
    new Hono<Env>()
      // Lets in: a technician, into a group that one may see.
      .post('/tickets', async (c) => {
        const { technician } = await requireTechnician(services, c)
        await throttles.ticketsPerTechnician.take(technician.id)
        const ask = await readBody(c, CreateTicketRequest)
        const ticket = await createTicket(services, technician, ask, Date.now())
        return c.json({ ticket } satisfies TicketReply)
      })
      // Lets in: a technician; shows the tickets of the own groups, an admin all.
      .get('/tickets', async (c) => {
        const { technician } = await requireTechnician(services, c)
        const query = v.safeParse(ListQuery, c.req.query())
        if (!query.success) throw new RefusedError({ code: 'malformed', about: 'state' })
        const { state, cursor, export: exporting, ...chosen } = query.output
        const listed =
          state === 'open'
            ? { state, since: Date.now() - config.limits.expiredShownMs }
            : ({ state, ...chosen } as const)
        if (exporting && cursor === undefined) {
          await throttles.takenPerTechnician.take(technician.id)
          const event = { what: 'exported', list: 'resolved' } as const
          await writeLog(store.db, { at: Date.now(), by: technician.id, event })
        }
        const groups = technician.admin ? undefined : technician.groups
        const { tickets, next } = await listTickets(store, listed, groups, cursor)
        const left = await countHeld(
          store,
          tickets.map(({ id }) => id),
        )
        return c.json({
          tickets: tickets.map((ticket) => ({
            ticket,
            presence: presenceNow(live, ticket.id),
            held: left.get(ticket.id) ?? 0,
          })),
          next,
        } satisfies TicketsReply)
      })
      // Lets in: a technician; shows those of the own groups, an admin all.
      .post('/tickets/details', async (c) => {
        const { technician } = await requireTechnician(services, c)
        const { tickets } = await readBody(c, ManyDetailsRequest)
        const groups = technician.admin ? undefined : technician.groups
        return c.json({ found: await findManyDetails(store, tickets, groups) } satisfies ManyDetailsReply)
      })
      // Lets in: who may see the ticket; here and in the three below.
      .get('/tickets/:id', async (c) => {
        const { ticket } = await requireTicket(services, c)
        return c.json({ ticket } satisfies TicketReply)
      })
      .get('/tickets/:id/details', async (c) => {
        const { ticket } = await requireTicket(services, c)
        return c.json({ details: await findDetails(store, ticket.id) } satisfies DetailsReply)
      })
      .get('/tickets/:id/events', async (c) => {
        const { ticket } = await requireTicket(services, c)
        return c.json({ events: await listEvents(store, ticket.id) } satisfies TicketEventsReply)
      })
      // Lets in: the assignee, an admin, or who may see it while nobody has it.
      .get('/tickets/:id/held', async (c) => {
        const { technician, ticket } = await requireTicket(services, c)
        if (!mayHandle(technician, ticket)) throw new RefusedError({ code: 'forbidden', about: 'held' })
        return c.json({ messages: await listHeld(store, ticket.id) } satisfies HeldReply)
      })
      // Lets in: who may see the ticket; shows the words to who may open its case.
      .get('/tickets/:id/ratings', async (c) => {
        const { technician, ticket } = await requireTicket(services, c)
        const readable = mayOpenCase(technician, ticket)
        const ratings = await listRatings(store.db, ticket.id)
        return c.json({
          ratings: readable ? ratings : ratings.map((rating) => ({ ...rating, box: null })),
        } satisfies RatingsReply)
      })
      .post('/tickets/:id/details', async (c) => {
        await requireTicket(services, c)
        const { sealed } = await readBody(c, FileDetailsRequest, MAX_DETAILS_BODY)
        const { ticket } = await requireTicket(services, c)
        if (ticket.state.kind !== 'expired') throw new RefusedError({ code: 'conflict', about: 'ticket' })
        const filed = await fileDetails(store, ticket, sealed)
        if (filed) tellHeader(live, filed)
        return c.body(null, 204)
      })
      // Lets in: the assignee.
      .post('/tickets/:id/held/taken', async (c) => {
        const { technician, ticket } = await requireTicket(services, c)
        if (assigneeOf(ticket) !== technician.id) throw new RefusedError({ code: 'forbidden', about: 'held' })
        const { ids } = await readBody(c, HeldTakenRequest)
        tellHeld(live, ticket, await deleteHeld(store, ticket.id, ids))
        return c.body(null, 204)
      })
      // What each of them may change is ruled in `tickets/change.ts`.
      .post('/tickets/:id/changes', async (c) => {
        const { technician, ticket } = await requireTicket(services, c)
        const ask = await readBody(c, ChangeTicketRequest, MAX_CHANGE_BODY)
        const changed = await requestChange(services, technician, ticket.id, ask, Date.now())
        return c.json({ ticket: changed } satisfies TicketReply)
      })
  )
}

/** @throws RefusedError `not-found`, also where there is such a ticket and the technician may not see it. */
async function requireTicket(
  services: Services,
  c: Context<Env>,
): Promise<{ technician: Technician; ticket: TicketHeader }> {
  const { technician } = await requireTechnician(services, c)
  const ticket = await findTicket(services.store, readId(c, TicketId, 'ticket'))
  if (!ticket || !maySee(technician, ticket)) throw new RefusedError({ code: 'not-found', about: 'ticket' })
  return { technician, ticket }
}
