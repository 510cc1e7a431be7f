import { Hono } from 'hono'
import {
  SecondStepRequest,
  SendCodeRequest,
  type SignInReply,
  SignInRequest,
  type TwoStepMethod,
} from '../../protocol/account.ts'
import { RefusedError } from '../../protocol/errors.ts'
import type { TechnicianId } from '../../protocol/ids.ts'
import type { SignInWay } from '../../protocol/log-event.ts'
import type { Client } from '../auth/technician.ts'
import type { Services } from '../services.ts'
import { expelSession } from '../socket/expel.ts'
import { writeLog } from '../store/log.ts'
import { attempt, codeAttempt, signInAttempt } from './attempts.ts'
import { readBody } from './body.ts'
import { mailCode } from './code-mail.ts'
import { describeSignIn } from './me-reply.ts'
import { addressOf, clientOf, type Env, requireTechnician } from './request.ts'

export function signInRoutes(services: Services): Hono<Env> {
  const { throttles, auth, live, store } = services
  const { steps, sessions } = auth
  return (
    new Hono<Env>()
      // Lets in: anyone; failed attempts are counted by address and by account before the password is looked at.
      .post('/sign-in', async (c) => {
        const given = await readBody(c, SignInRequest)
        const client = clientOf(services, c)
        const atHome = await steps.isAtHome(given.email, client)
        const counted = signInAttempt(throttles, addressOf(services, c), given.email, atHome)
        return c.json(
          await attempt(counted, () => noteFailure(services, given.email, () => signIn(services, given, client))),
        )
      })
      // Lets in: whoever holds the challenge of a first step. Mails go to the account's address only.
      .post('/sign-in/send-code', async (c) => {
        const { challenge, language } = await readBody(c, SendCodeRequest)
        const address = addressOf(services, c)
        const owner = await steps.owner(challenge)
        const to = { email: owner.account.email, language, address }
        return c.json(await mailCode(services, to, () => steps.drawCode(challenge, owner)))
      })
      // Lets in: whoever holds the challenge and a code; wrong ones are counted by challenge, address and account.
      .post('/sign-in/code', async (c) => {
        const given = await readBody(c, SecondStepRequest)
        const { account } = await steps.owner(given.challenge)
        const counted = codeAttempt(throttles, addressOf(services, c), account.email)
        const opened = await attempt(counted, () =>
          noteFailure(services, account.email, () => steps.second(account, given, clientOf(services, c))),
        )
        await noteSignIn(services, account.id, given.method)
        return c.json(await describeSignIn(services, opened))
      })
      // Lets in: a technician, to end this sign-in and its sockets.
      .post('/sign-out', async (c) => {
        const { technician, session } = await requireTechnician(services, c)
        await sessions.end(technician.id, session)
        const event = { what: 'signed-out', where: 'here' } as const
        await writeLog(store.db, { at: Date.now(), by: technician.id, event })
        expelSession(live, session)
        return c.body(null, 204)
      })
  )
}

/**
 * The first step, and on a trusted device, or where no second one is asked for, the whole sign-in.
 * @throws RefusedError `wrong-credentials`; `no-mail` where a second step is asked for and there is no way left to take it.
 */
async function signIn(services: Services, given: SignInRequest, client: Client): Promise<SignInReply> {
  const begun = await services.auth.steps.first(given, client)
  if (begun.kind === 'signed-in') {
    await noteSignIn(services, begun.technician, 'password')
    return await describeSignIn(services, begun)
  }
  const methods = await methodsOf(services, begun.technician)
  if (methods.length === 0) throw new RefusedError({ code: 'no-mail' })
  return { kind: 'second-step', challenge: begun.challenge, methods }
}

async function noteSignIn({ store }: Pick<Services, 'store'>, by: TechnicianId, way: SignInWay): Promise<void> {
  await writeLog(store.db, { at: Date.now(), by, event: { what: 'signed-in', way } })
}

const WRONG = { 'wrong-credentials': 'password', 'wrong-code': 'code' } as const

/** Writes a wrong password or code down, by the account where there is one; an address that is nobody's is not kept. */
async function noteFailure<T>({ store, auth }: Services, email: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code = error instanceof RefusedError ? error.refusal.code : undefined
    if (code === 'wrong-credentials' || code === 'wrong-code') {
      // The same work whether there is such an account or not.
      const whom = (await auth.accounts.findByEmail(email))?.id ?? null
      const event = { what: 'sign-in-failed', step: WRONG[code] } as const
      await writeLog(store.db, { at: Date.now(), by: { kind: 'stranger' }, whom, event })
    }
    throw error
  }
}

/** In the order in which to offer them. */
async function methodsOf({ auth, mail }: Services, technician: TechnicianId): Promise<TwoStepMethod[]> {
  const { app, recoveryCodes } = await auth.twoStep.status(technician)
  return [
    ...(app ? (['app'] as const) : []),
    ...(mail.kind === 'smtp' ? (['email'] as const) : []),
    ...(recoveryCodes > 0 ? (['recovery'] as const) : []),
  ]
}
