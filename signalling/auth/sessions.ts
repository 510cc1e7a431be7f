import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import { type SignInId, type TechnicianId, Token } from '../../protocol/ids.ts'
import { findGroupsOf } from '../store/members.ts'
import type { Schema } from '../store/schema.ts'
import { hashToken } from '../tokens.ts'
import { type BetterAuth, CHALLENGE_SECONDS } from './better-auth.ts'
import { sign, signedPair, unsign, valueIn } from './cookies.ts'
import { Account, type Client, Session, type SignedIn, toTechnician } from './technician.ts'

const TOUCH_MS = 60_000

export type Sessions = ReturnType<typeof makeSessions>

/**
 * Sign-ins. A bearer token is 32 random bytes and a signature over them; the database has their SHA-256 where better-auth keeps
 * its session token, so that neither a leaked database nor a leaked folder gives a token that works. `within` is better-auth inside
 * a transaction of the caller.
 */
export function makeSessions(
  auth: BetterAuth,
  db: Kysely<Schema>,
  secret: string,
  within: (trx: Kysely<Schema>) => BetterAuth,
) {
  /** What better-auth knows a bearer token as; undefined where the signature is not ours, before the database is asked. */
  function stored(token: string): string | undefined {
    const value = unsign(token, secret)
    return value === undefined ? undefined : hashToken(value)
  }

  function draw(): { token: Token; hash: string } {
    const value = randomBytes(32).toString('base64url')
    return { token: v.parse(Token, sign(value, secret)), hash: hashToken(value) }
  }

  /** Signs in whoever proved the right to it otherwise. @throws RefusedError `wrong-credentials` for a deactivated account. */
  async function open(technician: TechnicianId, client: Client): Promise<Token> {
    const { internalAdapter } = await auth.$context
    const { token, hash } = draw()
    const opened = await internalAdapter.createSession(technician, false, { token: hash, ...columns(client) }, true)
    if (!opened) throw new RefusedError({ code: 'wrong-credentials' })
    return token
  }

  /** Takes over the session that better-auth just made, under a token that only the client will know. */
  async function adopt(pair: string, client: Client): Promise<Token> {
    const { adapter } = await auth.$context
    const { token, hash } = draw()
    const adopted = await adapter.update({
      model: 'session',
      where: [{ field: 'token', value: valueIn(pair, secret) ?? '' }],
      update: { token: hash, ...columns(client) },
    })
    if (!adopted) throw new RefusedError({ code: 'unavailable' })
    return token
  }

  /**
   * Who the token stands for, unless it is not (any more) valid or the account is deactivated. Goes past better-auth's endpoints:
   * what they leave on the heap for each of a thousand sockets makes every later message dearer. Prolongs nothing.
   */
  async function recognise(token: string): Promise<(SignedIn & { used: number }) | undefined> {
    const { internalAdapter } = await auth.$context
    const hash = stored(token)
    const found = hash === undefined ? null : await internalAdapter.findSession(hash)
    if (!found) return undefined
    const account = v.parse(Account, found.user)
    const session = v.parse(Session, found.session)
    if (!account.active || session.expiresAt.getTime() <= Date.now()) return undefined
    const technician = toTechnician(account, await findGroupsOf(db, account.id))
    return { technician, session: session.id, expiresAt: session.expiresAt.getTime(), used: usedAt(session) }
  }

  /** The same for HTTP: use prolongs the sign-in and is noted, at most once a minute. */
  async function authenticate(token: string): Promise<SignedIn | undefined> {
    const signedIn = await recognise(token)
    const now = Date.now()
    if (!signedIn || now - signedIn.used < TOUCH_MS) return signedIn
    const { adapter, internalAdapter, sessionConfig } = await auth.$context
    const expiresAt = now + sessionConfig.expiresIn * 1000
    await adapter.update({
      model: 'session',
      where: [{ field: 'id', value: signedIn.session }],
      update: { lastUsedAt: now, expiresAt: new Date(expiresAt) },
    })
    await internalAdapter.updateUser(signedIn.technician.id, { lastSeenAt: now })
    return { ...signedIn, expiresAt }
  }

  /** The header pair by which better-auth itself knows the sign-in. */
  async function pairOf(token: string): Promise<string> {
    const { authCookies } = await auth.$context
    return signedPair(authCookies.sessionToken.name, stored(token) ?? '', secret)
  }

  /** The live ones of an account, the newest use first. */
  async function list(technician: TechnicianId): Promise<Session[]> {
    const { adapter } = await auth.$context
    const rows = await adapter.findMany({
      model: 'session',
      where: [
        { field: 'userId', value: technician },
        { field: 'expiresAt', operator: 'gt', value: new Date() },
      ],
      limit: 1_000,
    })
    return v.parse(v.array(Session), rows).sort((one, other) => usedAt(other) - usedAt(one))
  }

  /** Ends one sign-in of this account. @returns false where there is none. */
  async function end(technician: TechnicianId, session: SignInId): Promise<boolean> {
    const { adapter } = await auth.$context
    const where = [
      { field: 'userId', value: technician },
      { field: 'id', value: session },
    ]
    return (await adapter.deleteMany({ model: 'session', where })) === 1
  }

  /** Ends every sign-in of the account but one, and what was begun between the two steps. */
  async function endOthers(technician: TechnicianId, but: SignInId): Promise<void> {
    const { adapter } = await auth.$context
    const where = [
      { field: 'userId', value: technician },
      { field: 'id', operator: 'ne' as const, value: but },
    ]
    await adapter.deleteMany({ model: 'session', where })
    // Trust in a device looks the same, but lasts for weeks: what ends so soon was begun just now.
    const soon = new Date(Date.now() + CHALLENGE_SECONDS * 1000)
    const begun = [
      { field: 'value', value: technician },
      { field: 'expiresAt', operator: 'lte' as const, value: soon },
    ]
    await adapter.deleteMany({ model: 'verification', where: begun })
  }

  /** Ends every sign-in of the account, what was begun between the two steps, and the trust in its devices. */
  async function endAll(technician: TechnicianId, trx?: Kysely<Schema>): Promise<void> {
    const { adapter } = await (trx ? within(trx) : auth).$context
    await adapter.deleteMany({ model: 'session', where: [{ field: 'userId', value: technician }] })
    await adapter.deleteMany({ model: 'verification', where: [{ field: 'value', value: technician }] })
  }

  /** Forgets sign-ins that are over, with their browsers and addresses. */
  async function forgetOld(): Promise<void> {
    const { adapter } = await auth.$context
    await adapter.deleteMany({ model: 'session', where: [{ field: 'expiresAt', operator: 'lte', value: new Date() }] })
  }

  return { open, adopt, recognise, authenticate, pairOf, list, end, endOthers, endAll, forgetOld }
}

export function usedAt({ lastUsedAt, createdAt }: Session): number {
  return lastUsedAt ?? createdAt.getTime()
}

const USER_AGENT_LENGTH = 200

function columns({ userAgent, address }: Client) {
  return { userAgent: userAgent.slice(0, USER_AGENT_LENGTH), ipAddress: address, lastUsedAt: Date.now() }
}
