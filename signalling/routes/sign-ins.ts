import { Hono } from 'hono'
import type { SignInsReply } from '../../protocol/account.ts'
import { RefusedError } from '../../protocol/errors.ts'
import { SignInId } from '../../protocol/ids.ts'
import { usedAt } from '../auth/sessions.ts'
import type { Services } from '../services.ts'
import { expelSession, expelTechnician } from '../socket/expel.ts'
import { writeLog } from '../store/log.ts'
import { type Env, readId, requireTechnician } from './request.ts'

export function signInsRoutes(services: Services): Hono<Env> {
  const { auth, live, store } = services
  const { sessions } = auth
  return (
    new Hono<Env>()
      // Lets in: a technician, about one's own sign-ins; here and below.
      .get('/me/sign-ins', async (c) => {
        const { technician, session: current } = await requireTechnician(services, c)
        const signIns = (await sessions.list(technician.id)).map((session) => ({
          id: session.id,
          createdAt: session.createdAt.getTime(),
          lastUsedAt: usedAt(session),
          userAgent: session.userAgent ?? '',
          address: session.ipAddress ?? '',
          current: session.id === current,
        }))
        return c.json({ signIns } satisfies SignInsReply)
      })
      .post('/me/sign-ins/:id/end', async (c) => {
        const { technician } = await requireTechnician(services, c)
        const id = readId(c, SignInId, 'sign-in')
        if (!(await sessions.end(technician.id, id))) throw new RefusedError({ code: 'not-found', about: 'sign-in' })
        const event = { what: 'signed-out', where: 'elsewhere' } as const
        await writeLog(store.db, { at: Date.now(), by: technician.id, event })
        expelSession(live, id)
        return c.body(null, 204)
      })
      .post('/me/sign-out-everywhere', async (c) => {
        const { technician } = await requireTechnician(services, c)
        await auth.endSignIns(technician.id)
        const event = { what: 'signed-out', where: 'everywhere' } as const
        await writeLog(store.db, { at: Date.now(), by: technician.id, event })
        expelTechnician(live, technician.id)
        return c.body(null, 204)
      })
  )
}
