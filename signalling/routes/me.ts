import { Hono } from 'hono'
import { ChangeMeRequest, ChangePasswordRequest } from '../../protocol/account.ts'
import { broadcastPeople } from '../people/broadcast.ts'
import type { Services } from '../services.ts'
import { expelOthers } from '../socket/expel.ts'
import { writeLog } from '../store/log.ts'
import { forgetReset } from '../store/password-resets.ts'
import { keepSameVault } from '../store/vaults.ts'
import { requireSignInKey } from './attempts.ts'
import { readBody } from './body.ts'
import { describeMe } from './me-reply.ts'
import { type Env, requireTechnician } from './request.ts'

export function meRoutes(services: Services): Hono<Env> {
  const { auth, store, live } = services
  const { accounts } = auth
  return (
    new Hono<Env>()
      // Lets in: a technician, about oneself; here and below.
      .get('/me', async (c) => {
        const { technician } = await requireTechnician(services, c)
        return c.json(await describeMe(services, technician.id))
      })
      .post('/me', async (c) => {
        const { technician } = await requireTechnician(services, c)
        const change = await readBody(c, ChangeMeRequest)
        await accounts.change(technician.id, change)
        if (change.name !== undefined && change.name !== technician.name) {
          const event = { what: 'name-changed', before: technician.name } as const
          await writeLog(store.db, { at: Date.now(), by: technician.id, event })
        }
        for (const peer of live.technicians) {
          if (peer.technician.id === technician.id) peer.technician.name = change.name ?? technician.name
        }
        broadcastPeople(services)
        return c.json(await describeMe(services, technician.id))
      })
      // Lets in: a technician who knows the present password.
      .post('/me/password', async (c) => {
        const who = await requireTechnician(services, c)
        const { id } = who.technician
        const { signInKey, newSignInKey, vault } = await readBody(c, ChangePasswordRequest)
        await requireSignInKey(services, c, who, signInKey)
        const hash = await auth.hashSignInKey(newSignInKey)
        await store.db.transaction().execute(async (trx) => {
          await accounts.replaceSignInKey(trx, id, hash)
          await keepSameVault(trx, id, vault)
          // Whoever reads the mails must not undo it with a link from before.
          await forgetReset(trx, id)
          await writeLog(trx, { at: Date.now(), by: id, event: { what: 'password-changed' } })
        })
        await auth.endOtherSignIns(id, who.session)
        expelOthers(live, id, who.session)
        broadcastPeople(services)
        return c.body(null, 204)
      })
  )
}
