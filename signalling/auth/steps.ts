import { type Kysely, sql } from 'kysely'
import * as v from 'valibot'
import { Challenge, DeviceToken, type TwoStepMethod } from '../../protocol/account.ts'
import { type RefusalCode, RefusedError } from '../../protocol/errors.ts'
import { TechnicianId, type Token } from '../../protocol/ids.ts'
import type { Lanes } from '../lanes.ts'
import type { Schema } from '../store/schema.ts'
import type { Accounts } from './accounts.ts'
import type { AppCodes } from './app-codes.ts'
import { type BetterAuth, catchCode, settleTwoFactor } from './better-auth.ts'
import { cookieHeader, isPair, pairsOf, valueIn } from './cookies.ts'
import { readRecoveryCode } from './recovery-codes.ts'
import type { Sessions } from './sessions.ts'
import type { Account, Client } from './technician.ts'

/** Signed in; `device` where this browser is trusted from now on. */
export type Opened = { kind: 'signed-in'; technician: TechnicianId; token: Token; device: DeviceToken | undefined }
/** The sign-in key was right, and the second step is still to come. */
export type Challenged = { kind: 'challenged'; technician: TechnicianId; challenge: Challenge }

type Needs = {
  auth: BetterAuth
  db: Kysely<Schema>
  secret: string
  lanes: Lanes
  accounts: Accounts
  sessions: Sessions
  appCodes: AppCodes
}

/** The two steps of a sign-in, by better-auth's endpoints, its cookies handed to the client as opaque strings. */
export function makeSteps({ auth, db, secret, lanes, accounts, sessions, appCodes }: Needs) {
  async function cookieName(kind: 'two_factor' | 'trust_device'): Promise<string> {
    return (await auth.$context).createAuthCookie(kind).name
  }

  /** @throws RefusedError `wrong-credentials`, after the same work whether there is such an account, active or not. */
  function first(
    given: { email: string; signInKey: string; device?: string | undefined },
    client: Client,
  ): Promise<Opened | Challenged> {
    return lanes(given.email, async () => {
      await settleTwoFactor(db, given.email)
      const trust = await cookieName('trust_device')
      const device = given.device !== undefined && isPair(trust, given.device) ? given.device : undefined
      const response = await auth.api.signInEmail({
        body: { email: given.email, password: given.signInKey },
        headers: cookieHeader(device),
        asResponse: true,
      })
      if (response.status >= 500) throw new RefusedError({ code: 'unavailable' })
      const account = response.ok ? await accounts.findByEmail(given.email) : undefined
      if (!account) throw new RefusedError({ code: 'wrong-credentials' })
      const pairs = pairsOf(response)
      const challenge = pairs.get(await cookieName('two_factor'))
      if (challenge === undefined) return await opened(account, pairs, client)
      return { kind: 'challenged', technician: account.id, challenge: v.parse(Challenge, challenge) }
    })
  }

  /** Whether the account is signed in from this address; the same work where there is no such account. */
  async function isAtHome(email: string, { address }: Client): Promise<boolean> {
    const { rows } = await sql`
      select 1 from "session" inner join "user" on "user"."id" = "session"."userId"
      where "user"."email" = ${email} and "session"."ipAddress" = ${address} limit 1
    `.execute(db)
    return rows.length > 0
  }

  async function opened(account: Account, pairs: Map<string, string>, client: Client): Promise<Opened> {
    const { authCookies } = await auth.$context
    const token = await sessions.adopt(pairs.get(authCookies.sessionToken.name) ?? '', client)
    const device = v.parse(v.optional(DeviceToken), pairs.get(await cookieName('trust_device')))
    return { kind: 'signed-in', technician: account.id, token, device }
  }

  /** Whose sign-in the challenge began. @throws RefusedError `code-over` where it is none, or too old, or done. */
  async function owner(challenge: Challenge): Promise<{ account: Account; key: string }> {
    const { internalAdapter } = await auth.$context
    const key = isPair(await cookieName('two_factor'), challenge) ? valueIn(challenge, secret) : undefined
    const begun = key === undefined ? null : await internalAdapter.findVerificationValue(key)
    const id = v.safeParse(TechnicianId, begun && begun.expiresAt.getTime() > Date.now() ? begun.value : undefined)
    const account = id.success ? await accounts.findAccount(id.output) : undefined
    if (!account?.active || key === undefined) throw new RefusedError({ code: 'code-over' })
    return { account, key }
  }

  /** A new code for the mail; the one before is void. */
  function drawCode(challenge: Challenge, { account, key }: { account: Account; key: string }): Promise<string> {
    return lanes(account.email, async () => {
      const { internalAdapter } = await auth.$context
      await internalAdapter.deleteVerificationByIdentifier(`2fa-otp-${key}`)
      return await catchCode(() => auth.api.sendTwoFactorOTP({ headers: cookieHeader(challenge), asResponse: true }))
    })
  }

  /**
   * One try; of several at the same moment each waits for the one before it, so that a code counts once and tries count all.
   * @throws RefusedError `wrong-code` or `code-over`.
   */
  function second(
    account: Account,
    given: { challenge: Challenge; method: TwoStepMethod; code: string; trust: boolean },
    client: Client,
  ): Promise<Opened> {
    return lanes(account.email, async () => {
      const { challenge, method, trust } = given
      const code = method === 'recovery' ? readRecoveryCode(given.code) : given.code
      if (method === 'app') await appCodes.refuseUsed(account.id, code)
      const ask = { body: { code, trustDevice: trust }, headers: cookieHeader(challenge), asResponse: true } as const
      const response = await verifyBy(method, ask)
      if (!response.ok) throw new RefusedError({ code: await refusalOf(response) })
      if (method === 'app') await appCodes.use(account.id, code)
      return await opened(account, pairsOf(response), client)
    })
  }

  type Ask = { body: { code: string; trustDevice: boolean }; headers: Headers; asResponse: true }

  function verifyBy(method: TwoStepMethod, ask: Ask): Promise<Response> {
    switch (method) {
      case 'email':
        return auth.api.verifyTwoFactorOTP(ask)
      case 'app':
        return auth.api.verifyTOTP(ask)
      case 'recovery':
        return auth.api.verifyBackupCode(ask)
    }
  }

  return { first, isAtHome, owner, drawCode, second }
}

const Failure = v.object({ code: v.optional(v.string()) })

/** Why the plugin did not take a code. Whatever does not ask for another try is `code-over`. */
export async function refusalOf(response: Response): Promise<RefusalCode> {
  const failure = v.safeParse(Failure, await response.json().catch(() => undefined))
  const code = failure.success ? failure.output.code : undefined
  return code === 'INVALID_CODE' || code === 'INVALID_BACKUP_CODE' ? 'wrong-code' : 'code-over'
}
