import { Hono } from 'hono'
import { RefusedError } from '../../protocol/errors.ts'
import { OutboxId, type TechnicianId } from '../../protocol/ids.ts'
import type { OutboxReply } from '../../protocol/people.ts'
import { broadcastPeople } from '../people/broadcast.ts'
import type { Services } from '../services.ts'
import { setPassedOn } from '../store/invitations.ts'
import { writeLog } from '../store/log.ts'
import { type Env, readId, requireAdmin } from './request.ts'

export function outboxRoutes(services: Services): Hono<Env> {
  const { mail, store } = services
  /** Which of the waiting mails each admin was given: the screen asks again and again. */
  const given = new Map<TechnicianId, ReadonlySet<OutboxId>>()
  const newTo = (admin: TechnicianId, mails: OutboxReply['mails']) => {
    const before = given.get(admin)
    given.set(admin, new Set(mails.map(({ id }) => id)))
    return mails.filter(({ id }) => !before?.has(id)).length
  }
  return (
    new Hono<Env>()
      // Lets in: an admin, here and below.
      .get('/outbox', async (c) => {
        const { technician } = await requireAdmin(services, c)
        const mails = mail.outbox()
        const count = newTo(technician.id, mails)
        const event = { what: 'outbox-read', count } as const
        if (count > 0) await writeLog(store.db, { at: Date.now(), by: technician.id, event })
        return c.json({ mails } satisfies OutboxReply)
      })
      .post('/outbox/:id/done', async (c) => {
        const { technician } = await requireAdmin(services, c)
        const passedOn = mail.done(readId(c, OutboxId, 'mail'))
        if (!passedOn) throw new RefusedError({ code: 'not-found', about: 'mail' })
        await setPassedOn(store, passedOn.to)
        await writeLog(store.db, { at: Date.now(), by: technician.id, event: { what: 'outbox-done' } })
        broadcastPeople(services)
        return c.body(null, 204)
      })
  )
}
