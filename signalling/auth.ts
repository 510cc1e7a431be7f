import { createHmac, timingSafeEqual } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { bearer } from 'better-auth/plugins'
import type { Kysely } from 'kysely'
import * as v from 'valibot'
import { RefusedError } from '../protocol/errors.ts'
import { TechnicianId, type Time, Token } from '../protocol/ids.ts'
import type { Schema } from './store/schema.ts'
import type { Store } from './store/sqlite.ts'

/** Who is signed in, as HTTP routes and sockets need it. */
export type Technician = { id: TechnicianId; name: string; email: string; admin: boolean }
/** One sign-in of a technician; `session` names it without being a token. */
export type SignedIn = { technician: Technician; session: string; expiresAt: Time }

export type Auth = Awaited<ReturnType<typeof openAuth>>

/**
 * better-auth on our database, used as a library: its own HTTP routes are not mounted, nobody can sign up, and no cookie is
 * ever sent. What it calls password is the sign-in half of the stretched one.
 * @param secret signs bearer tokens; an unsigned session token, as the database has it, is not taken.
 */
export async function openAuth(store: Store, secret: string) {
  const auth = build(store.db, store.kind, secret)
  const { runMigrations } = await getMigrations(auth.options)
  await runMigrations()

  /** @throws RefusedError `wrong-credentials`, after the same work whether there is such an account or not. */
  async function signIn(email: string, signInKey: string): Promise<{ token: Token; signedIn: SignedIn }> {
    const response = await auth.api.signInEmail({ body: { email, password: signInKey }, asResponse: true })
    const token = v.safeParse(Token, response.headers.get('set-auth-token'))
    const signedIn = token.success ? await authenticate(token.output) : undefined
    if (token.success && signedIn) return { token: token.output, signedIn }
    if (response.status >= 500) throw new RefusedError({ code: 'unavailable' })
    throw new RefusedError({ code: 'wrong-credentials' })
  }

  /** Who the bearer token stands for, unless it is not (any more) valid. Use prolongs the sign-in. */
  async function authenticate(token: string): Promise<SignedIn | undefined> {
    const found = await auth.api.getSession({ headers: bearerHeader(token) })
    return found ? describe(found) : undefined
  }

  /**
   * The same answer for sockets, without better-auth's endpoint around the look-up: what that leaves on the heap for each of
   * a thousand sockets makes every later message dearer. Prolongs nothing.
   */
  async function recognise(token: string): Promise<SignedIn | undefined> {
    const { internalAdapter } = await auth.$context
    const [sessionToken = '', signature = ''] = token.split('.')
    const expected = createHmac('sha256', secret).update(sessionToken).digest()
    const given = Buffer.from(signature, 'base64')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
    const found = await internalAdapter.findSession(sessionToken)
    return found && found.session.expiresAt.getTime() > Date.now() ? describe(found) : undefined
  }

  async function signOut(token: string): Promise<void> {
    await auth.api.signOut({ headers: bearerHeader(token) })
  }

  /** Hashes a sign-in key as better-auth does; slow on purpose. */
  async function hashSignInKey(signInKey: string): Promise<string> {
    const { password } = await auth.$context
    return await password.hash(signInKey)
  }

  /** Adds an account inside the caller's transaction. There is no other way to become a technician. */
  async function addAccount(
    trx: Kysely<Schema>,
    account: { name: string; email: string; signInKeyHash: string; admin: boolean },
  ): Promise<void> {
    const { internalAdapter } = await build(trx, store.kind, secret).$context
    const { name, email, admin } = account
    const user = await internalAdapter.createUser({ name, email, admin, emailVerified: false }, { method: 'setup' })
    await internalAdapter.linkAccount({
      userId: user.id,
      providerId: 'credential',
      accountId: user.id,
      password: account.signInKeyHash,
    })
  }

  /** True once the setup link was used. */
  async function hasAdmin(): Promise<boolean> {
    const { adapter } = await auth.$context
    return (await adapter.count({ model: 'user', where: [{ field: 'admin', value: true }] })) > 0
  }

  return { signIn, authenticate, recognise, signOut, hashSignInKey, addAccount, hasAdmin }
}

function describe(found: {
  user: { id: string; name: string; email: string; admin?: boolean | null | undefined }
  session: { id: string; expiresAt: Date }
}): SignedIn {
  const { user, session } = found
  const id = v.parse(TechnicianId, user.id)
  return {
    technician: { id, name: user.name, email: user.email, admin: user.admin === true },
    session: session.id,
    expiresAt: session.expiresAt.getTime(),
  }
}

function build(db: Kysely<Schema>, kind: Store['kind'], secret: string) {
  return betterAuth({
    // Only names cookies and links, and neither leaves this process.
    baseURL: 'http://localhost',
    secret,
    database: { db, type: kind },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 43, maxPasswordLength: 43 },
    user: { additionalFields: { admin: { type: 'boolean', input: false, defaultValue: false } } },
    plugins: [bearer({ requireSignature: true })],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: { ipAddress: { disableIpTracking: true } },
  })
}

function bearerHeader(token: string): Headers {
  return new Headers({ authorization: `Bearer ${token}` })
}
