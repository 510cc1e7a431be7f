import { AsyncLocalStorage } from 'node:async_hooks'
import { createHmac } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { type Kysely, sql } from 'kysely'
import { RefusedError } from '../../protocol/errors.ts'
import { CODE_MS, CODE_TRIES, TRUSTED_DEVICE_MS } from '../../protocol/limits.ts'
import type { Schema } from '../store/schema.ts'
import type { Store } from '../store/store.ts'

export type BetterAuth = ReturnType<typeof buildBetterAuth>

/** From the right password to the end of the second step. */
export const CHALLENGE_SECONDS = 600
const SIGN_IN_SECONDS = 7 * 86_400

/**
 * better-auth as this server uses it: nobody can sign up, codes and identifiers are hashed at rest, app secrets and recovery
 * codes encrypted with `secret`. What counts attempts is our own throttles, which know accounts without an app as well.
 */
export function buildBetterAuth(db: Kysely<Schema>, kind: Store['kind'], secret: string) {
  return betterAuth({
    // Only names cookies and links, and neither leaves this process.
    baseURL: 'http://localhost',
    secret,
    database: { db, type: kind },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 43, maxPasswordLength: 43 },
    user: {
      additionalFields: {
        admin: { type: 'boolean', input: false, defaultValue: false },
        active: { type: 'boolean', input: false, defaultValue: true },
        language: { type: 'string', input: false, defaultValue: 'en' },
        /** Turned on by oneself; the plugin's `twoFactorEnabled` follows this one and the next before each sign-in. */
        twoStepOn: { type: 'boolean', input: false, defaultValue: false },
        twoStepRequired: { type: 'boolean', input: false, defaultValue: false },
        lastSeenAt: { type: 'number', bigint: true, input: false, required: false },
      },
    },
    session: {
      expiresIn: SIGN_IN_SECONDS,
      additionalFields: { lastUsedAt: { type: 'number', bigint: true, input: false, required: false } },
    },
    verification: { storeIdentifier: 'hashed' },
    databaseHooks: {
      session: { create: { before: async ({ userId }) => ((await isActive(db, userId)) ? undefined : false) } },
    },
    plugins: [
      twoFactor({
        twoFactorCookieMaxAge: CHALLENGE_SECONDS,
        trustDeviceMaxAge: TRUSTED_DEVICE_MS / 1000,
        accountLockout: { enabled: false },
        backupCodeOptions: { storeBackupCodes: 'encrypted' },
        otpOptions: {
          period: CODE_MS / 60_000,
          allowedAttempts: CODE_TRIES,
          // Six digits are few: without a key anybody who reads the hash would have tried them all at once.
          storeOTP: { hash: async (code) => createHmac('sha256', secret).update(`code ${code}`).digest('base64url') },
          sendOTP: ({ otp }) => void drawn.getStore()?.push(otp),
        },
      }),
    ],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: { ipAddress: { disableIpTracking: true } },
  })
}

const drawn = new AsyncLocalStorage<string[]>()

/**
 * The code that better-auth draws while `work` runs: the caller mails it, in the language of who asked.
 * @throws RefusedError `code-over` where what it would be for ended meanwhile.
 */
export async function catchCode(work: () => Promise<unknown>): Promise<string> {
  const codes: string[] = []
  await drawn.run(codes, work)
  const [code] = codes
  if (code === undefined) throw new RefusedError({ code: 'code-over' })
  return code
}

/** A deactivated account gets no session, whichever way it came: asked after the password was looked at. */
async function isActive(db: Kysely<Schema>, id: string): Promise<boolean> {
  const { rows } = await sql<{ active: unknown }>`select "active" from "user" where "id" = ${id}`.execute(db)
  return Boolean(rows[0]?.active)
}

/** Before a sign-in: whether better-auth has to ask for the second step. Writes only where that changed. */
export async function settleTwoFactor(db: Kysely<Schema>, email: string): Promise<void> {
  await sql`
    update "user" set "twoFactorEnabled" = ("twoStepOn" or "twoStepRequired")
    where "email" = ${email} and "twoFactorEnabled" is distinct from ("twoStepOn" or "twoStepRequired")
  `.execute(db)
}
