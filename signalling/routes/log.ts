import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import {
  LIST_SORTS,
  type LogHeadReply,
  LogQuery,
  type LogRow,
  LogSessionId,
  type RemoteLogReply,
  type SessionLogReply,
  TakenAway,
  type WebLogReply,
} from '../../protocol/log.ts'
import type { Technician } from '../auth.ts'
import type { Services } from '../services.ts'
import { readLogHead, writeLog } from '../store/log.ts'
import { readLog } from '../store/log-pages.ts'
import { listSession, summariseSessions } from '../store/log-sessions.ts'
import { findTicket } from '../store/tickets.ts'
import { maySee } from '../tickets/rights.ts'
import { readBody } from './body.ts'
import { type Env, readId, requireAdmin, requireTechnician } from './request.ts'

export function logRoutes(services: Services): Hono<Env> {
  const { store } = services
  return (
    new Hono<Env>()
      // Lets in: a technician; shows what one did, what was done to one, and what the own groups had; an admin all. Here and below.
      .get('/log/web', async (c) => {
        const { technician, query } = await requireReader(services, c, 'web')
        const { rows, next } = await readLog(store.db, 'web', technician, query)
        return c.json({ rows: rows.map((row) => shown(row, technician)), next } satisfies WebLogReply)
      })
      .get('/log/remote', async (c) => {
        const { technician, query } = await requireReader(services, c, 'remote')
        const { rows, next } = await readLog(store.db, 'remote', technician, query)
        const sessions = rows.flatMap(({ session }) => session ?? [])
        const summaries = await summariseSessions(store.db, sessions)
        const summed = rows.flatMap((row) => {
          const summary = row.session ? summaries.get(row.session) : undefined
          return summary ? [{ row: shown(row, technician), summary }] : []
        })
        return c.json({ rows: summed, next } satisfies RemoteLogReply)
      })
      .get('/log/sessions/:id', async (c) => {
        const { technician } = await requireTechnician(services, c)
        await services.throttles.logPagesPerTechnician.take(technician.id)
        const rows = await listSession(store.db, readId(c, LogSessionId, 'session'))
        const began = rows.find(({ list }) => list === 'remote')
        if (!began || !maySeeSession(technician, began)) throw new RefusedError({ code: 'not-found', about: 'session' })
        return c.json({ rows: rows.map((row) => shown(row, technician)) } satisfies SessionLogReply)
      })
      // Lets in: a technician; of a ticket, who may see it.
      .post('/log/taken-away', async (c) => {
        const { technician } = await requireTechnician(services, c)
        await services.throttles.takenPerTechnician.take(technician.id)
        const taken = await readBody(c, TakenAway)
        const ticket = 'ticket' in taken ? await findTicket(store, taken.ticket) : undefined
        if ('ticket' in taken && !(ticket && maySee(technician, ticket))) {
          throw new RefusedError({ code: 'not-found', about: 'ticket' })
        }
        const of = ticket && { ticket: { id: ticket.id, lookup: ticket.lookup }, group: ticket.group }
        const event = { what: 'taken-away', which: taken.which } as const
        await writeLog(store.db, { at: Date.now(), by: technician.id, ...of, told: true, event })
        return c.body(null, 204)
      })
      // Lets in: an admin.
      .get('/log/head', async (c) => {
        await requireAdmin(services, c)
        return c.json((await readLogHead(store.db)) satisfies LogHeadReply)
      })
  )
}

async function requireReader(services: Services, c: Context<Env>, list: 'web' | 'remote') {
  const { technician } = await requireTechnician(services, c)
  await services.throttles.logPagesPerTechnician.take(technician.id)
  const read = v.safeParse(LogQuery, c.req.query(), { abortEarly: true })
  if (!read.success) throw new RefusedError({ code: 'malformed', about: v.getDotPath(read.issues[0]) ?? 'query' })
  const query = read.output
  if (!LIST_SORTS[list].some((sort) => sort === query.sort))
    throw new RefusedError({ code: 'malformed', about: 'sort' })
  if (query.export && query.cursor === undefined) {
    await services.throttles.takenPerTechnician.take(technician.id)
    await writeLog(services.store.db, { at: Date.now(), by: technician.id, event: { what: 'exported', list } })
  }
  return { technician, query }
}

function maySeeSession(technician: Technician, { by, group }: LogRow): boolean {
  const own = by.kind === 'technician' && by.id === technician.id
  return technician.admin || own || (group !== null && maySee(technician, { group: group.id }))
}

/** Addresses are for the admins and for whom they are of. */
function shown(row: LogRow, { id, admin }: Technician): LogRow {
  const mine = row.by.kind === 'technician' && row.by.id === id
  return admin || mine ? row : { ...row, from: null }
}
