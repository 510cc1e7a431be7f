import { Hono } from 'hono'
import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import { CreateTicketRequest, ExpireTicketRequest, type TicketReply, type TicketsReply } from '../../protocol/http.ts'
import { TicketId } from '../../protocol/ids.ts'
import type { Services } from '../services.ts'
import { findTicket, listOpen } from '../store/tickets.ts'
import { createTicket, endTicket } from '../tickets/lifecycle.ts'
import { presenceNow } from '../tickets/live.ts'
import { checkAssignee } from '../tickets/ticket.ts'
import { readBody } from './body.ts'
import { type Env, requireTechnician } from './request.ts'

export function ticketRoutes(services: Services): Hono<Env> {
  const { store, live, throttles } = services
  return (
    new Hono<Env>()
      // Lets in: a technician, who becomes the assignee.
      .post('/tickets', async (c) => {
        const { technician } = await requireTechnician(services, c)
        await throttles.ticketsPerTechnician.take(technician.id)
        const { key } = await readBody(c, CreateTicketRequest)
        const { header } = await createTicket(services, { creator: technician.id, key, now: Date.now() })
        return c.json({ ticket: header } satisfies TicketReply)
      })
      // Lets in: a technician; shows an admin all open tickets, anybody else those assigned to them.
      .get('/tickets', async (c) => {
        const { technician } = await requireTechnician(services, c)
        const open = await listOpen(store, technician.admin ? undefined : technician.id)
        const tickets = open.map(({ header }) => ({ ticket: header, presence: presenceNow(live, header.id) }))
        return c.json({ tickets } satisfies TicketsReply)
      })
      // Lets in: the assignee.
      .post('/tickets/:id/expire', async (c) => {
        const { technician } = await requireTechnician(services, c)
        const ask = await readBody(c, ExpireTicketRequest)
        const id = v.safeParse(TicketId, c.req.param('id'))
        const stored = id.success ? await findTicket(store, id.output) : undefined
        if (!stored) throw new RefusedError({ code: 'not-found', about: 'ticket' })
        const refusal = checkAssignee(technician, stored.assignee)
        if (refusal) throw new RefusedError(refusal)
        const ended = await endTicket(services, stored, { ...ask, now: Date.now() })
        return c.json({ ticket: ended.header } satisfies TicketReply)
      })
  )
}
