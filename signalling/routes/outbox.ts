import { Hono } from 'hono'
import { RefusedError } from '../../protocol/errors.ts'
import { OutboxId } from '../../protocol/ids.ts'
import type { OutboxReply } from '../../protocol/people.ts'
import { broadcastPeople } from '../people/broadcast.ts'
import type { Services } from '../services.ts'
import { setPassedOn } from '../store/invitations.ts'
import { type Env, readId, requireAdmin } from './request.ts'

export function outboxRoutes(services: Services): Hono<Env> {
  const { mail, store } = services
  return (
    new Hono<Env>()
      // Lets in: an admin, here and below.
      .get('/outbox', async (c) => {
        await requireAdmin(services, c)
        return c.json({ mails: mail.outbox() } satisfies OutboxReply)
      })
      .post('/outbox/:id/done', async (c) => {
        await requireAdmin(services, c)
        const passedOn = mail.done(readId(c, OutboxId, 'mail'))
        if (!passedOn) throw new RefusedError({ code: 'not-found', about: 'mail' })
        await setPassedOn(store, passedOn.to)
        broadcastPeople(services)
        return c.body(null, 204)
      })
  )
}
