import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { RefusedError } from '../../protocol/errors.ts'
import type { Services } from '../services.ts'
import type { Throttle, Throttles } from '../throttle.ts'
import { addressOf, type Env, type Who } from './request.ts'

/** What attempts on an account are counted by, whether there is such an account or not. */
export function accountKey(email: string): string {
  return createHash('sha256').update(email).digest('base64url')
}

type Counted = { throttle: Throttle; key: string }

/** Counts the attempt before it is made, and forgets it if it succeeds. */
export async function attempt<Result>(counted: Counted[], work: () => Promise<Result>): Promise<Result> {
  for (const { throttle, key } of counted) await throttle.take(key)
  const result = await work()
  for (const { throttle, key } of counted) await throttle.giveBack(key)
  return result
}

export function signInAttempt(throttles: Throttles, address: string, email: string): Counted[] {
  return [
    { throttle: throttles.signInsPerAddress, key: address },
    { throttle: throttles.signInsPerAccount, key: accountKey(email) },
  ]
}

export function codeAttempt(throttles: Throttles, address: string, email: string): Counted[] {
  return [
    { throttle: throttles.codeTriesPerAddress, key: address },
    { throttle: throttles.codeTriesPerAccount, key: accountKey(email) },
  ]
}

/**
 * Asks for the password again: who found an open desk, or a token, can go no further. Counted like a sign-in.
 * @throws RefusedError `wrong-credentials`.
 */
export async function requireSignInKey(
  services: Pick<Services, 'auth' | 'throttles' | 'config'>,
  c: Context<Env>,
  { technician }: Who,
  signInKey: string,
): Promise<void> {
  const { auth, throttles } = services
  await attempt(signInAttempt(throttles, addressOf(services, c), technician.email), async () => {
    if (await auth.accounts.isSignInKey(technician.id, signInKey)) return
    throw new RefusedError({ code: 'wrong-credentials' })
  })
}
