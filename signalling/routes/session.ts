import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { RefusedError } from '../../protocol/errors.ts'
import { type Me, type SignedInReply, SignInRequest } from '../../protocol/http.ts'
import type { Technician } from '../auth.ts'
import type { Services } from '../services.ts'
import { expelSession } from '../socket/expel.ts'
import { readBody } from './body.ts'
import { addressOf, type Env, requireTechnician } from './request.ts'

export function sessionRoutes(services: Services): Hono<Env> {
  const { throttles, auth, live } = services
  return (
    new Hono<Env>()
      // Lets in: anyone; failed attempts are counted by address and by account before the password is looked at.
      .post('/sign-in', async (c) => {
        const { email, signInKey } = await readBody(c, SignInRequest)
        const address = addressOf(services, c)
        const account = createHash('sha256').update(email).digest('base64url')
        await throttles.signInsPerAddress.take(address)
        await throttles.signInsPerAccount.take(account)
        const reply = await signInReply(services, email, signInKey)
        await throttles.signInsPerAddress.giveBack(address)
        await throttles.signInsPerAccount.giveBack(account)
        return c.json(reply)
      })
      // Lets in: a technician, to end this sign-in and its sockets.
      .post('/sign-out', async (c) => {
        const { token, session } = await requireTechnician(services, c)
        await auth.signOut(token)
        expelSession(live, session)
        return c.body(null, 204)
      })
      // Lets in: a technician.
      .get('/me', async (c) => c.json(describe(services, (await requireTechnician(services, c)).technician)))
  )
}

/** @throws RefusedError `wrong-credentials`. */
export async function signInReply(services: Services, email: string, signInKey: string): Promise<SignedInReply> {
  const { token, signedIn } = await services.auth.signIn(email, signInKey)
  return { token, me: describe(services, signedIn.technician) }
}

function describe({ setup }: Services, { id, name, email, admin }: Technician): Me {
  const { organisation } = setup.instance
  if (organisation === null) throw new RefusedError({ code: 'unavailable' })
  return { id, name, email, admin, organisation }
}
