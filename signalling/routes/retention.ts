import { Hono } from 'hono'
import { RefusedError } from '../../protocol/errors.ts'
import { TicketId } from '../../protocol/ids.ts'
import {
  DeleteTicketRequest,
  type GoneReply,
  GoneRequest,
  Retention,
  type RetentionPreview,
} from '../../protocol/retention.ts'
import { broadcastPeople } from '../people/broadcast.ts'
import { deleteForGood } from '../retention/deleting.ts'
import type { Services } from '../services.ts'
import { writeLog } from '../store/log.ts'
import { countOver, findDeleted, readRetention, setRetention } from '../store/retention.ts'
import { findTicket } from '../store/tickets.ts'
import { readBody } from './body.ts'
import { type Env, readId, requireAdmin, requireTechnician } from './request.ts'

export function retentionRoutes(services: Services): Hono<Env> {
  const { store } = services
  return (
    new Hono<Env>()
      // Lets in: an admin; here and below where nothing else is said.
      .get('/retention', async (c) => {
        await requireAdmin(services, c)
        return c.json((await readRetention(store.db)) satisfies Retention)
      })
      .post('/retention', async (c) => {
        const { technician } = await requireAdmin(services, c)
        const retention = await readBody(c, Retention)
        await store.db.transaction().execute(async (trx) => {
          await setRetention(trx, retention)
          const event = { what: 'retention-set', ...retention } as const
          await writeLog(trx, { at: Date.now(), by: technician.id, event })
        })
        // Desks ask again what they may keep.
        broadcastPeople(services)
        return c.json(retention satisfies Retention)
      })
      .post('/retention/preview', async (c) => {
        await requireAdmin(services, c)
        const retention = await readBody(c, Retention)
        return c.json((await countOver(store.db, retention, Date.now())) satisfies RetentionPreview)
      })
      // Lets in: a technician. An id is 128 random bits: who asks for one has had it.
      .post('/tickets/gone', async (c) => {
        await requireTechnician(services, c)
        const { tickets } = await readBody(c, GoneRequest)
        return c.json({ gone: await findDeleted(store.db, tickets) } satisfies GoneReply)
      })
      // Lets in: an admin.
      .post('/tickets/:id/delete', async (c) => {
        const { technician } = await requireAdmin(services, c)
        const ticket = await findTicket(store, readId(c, TicketId, 'ticket'))
        if (!ticket) throw new RefusedError({ code: 'not-found', about: 'ticket' })
        const { version } = await readBody(c, DeleteTicketRequest)
        const deleted = ticket.version === version && (await deleteForGood(services, ticket, technician.id, Date.now()))
        if (!deleted) throw new RefusedError({ code: 'conflict', about: 'ticket' })
        return c.body(null, 204)
      })
  )
}
