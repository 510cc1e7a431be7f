import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { RefusedError } from '../../protocol/errors.ts'
import type { Who } from '../auth/technician.ts'
import type { Services } from '../services.ts'
import type { Throttle, Throttles } from '../throttle.ts'
import { addressOf, type Env } from './request.ts'

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

/** @param atHome the account is signed in from this very address: what strangers try elsewhere does not keep its owner out. */
export function signInAttempt(throttles: Throttles, address: string, email: string, atHome: boolean): Counted[] {
  const account = accountKey(email)
  return [
    { throttle: throttles.signInsPerAddress, key: address },
    { throttle: throttles.signInsPerAccount, key: atHome ? `${account} ${address}` : account },
  ]
}

export function codeAttempt(throttles: Throttles, address: string, email: string): Counted[] {
  return [
    { throttle: throttles.codeTriesPerAddress, key: address },
    { throttle: throttles.codeTriesPerAccount, key: accountKey(email) },
  ]
}

/**
 * Asks for the password again: who found an open desk, or a token, can go no further. Counted like a sign-in, but by the
 * account's id: who knows no more than its address cannot keep its owner from it.
 * @throws RefusedError `wrong-credentials`.
 */
export async function requireSignInKey(
  services: Pick<Services, 'auth' | 'throttles' | 'config'>,
  c: Context<Env>,
  { technician }: Who,
  signInKey: string,
): Promise<void> {
  const { auth, throttles } = services
  const counted = [
    { throttle: throttles.signInsPerAddress, key: addressOf(services, c) },
    { throttle: throttles.signInsPerAccount, key: technician.id },
  ]
  await attempt(counted, async () => {
    if (await auth.accounts.isSignInKey(technician.id, signInKey)) return
    throw new RefusedError({ code: 'wrong-credentials' })
  })
}
