import { getMigrations } from 'better-auth/db/migration'
import type { Kysely } from 'kysely'
import type { SignInId, TechnicianId } from '../protocol/ids.ts'
import { makeAccounts } from './auth/accounts.ts'
import { makeAppCodes } from './auth/app-codes.ts'
import { buildBetterAuth } from './auth/better-auth.ts'
import { makeSessions } from './auth/sessions.ts'
import { makeSteps } from './auth/steps.ts'
import { makeTwoStep } from './auth/two-step.ts'
import { makeLanes } from './lanes.ts'
import type { Schema } from './store/schema.ts'
import type { Store } from './store/store.ts'

export type { SignedIn, Technician } from './auth/technician.ts'

export type Auth = Awaited<ReturnType<typeof openAuth>>

/**
 * better-auth on our database, used as a library: its own HTTP routes are not mounted, nobody can sign up, and no cookie is
 * ever sent. What it calls password is the sign-in half of the stretched one.
 * @param secret signs tokens and challenges, and encrypts what has to be read again. It lies beside the database, not in it.
 */
export async function openAuth(store: Store, secret: string) {
  const auth = buildBetterAuth(store.db, store.kind, secret)
  const { runMigrations } = await getMigrations(auth.options)
  await runMigrations()

  const lanes = makeLanes()
  const within = (trx: Kysely<Schema>) => buildBetterAuth(trx, store.kind, secret)
  const accounts = makeAccounts(auth, within)
  const sessions = makeSessions(auth, store.db, secret, within)
  const appCodes = makeAppCodes(auth)
  const steps = makeSteps({ auth, db: store.db, secret, lanes, accounts, sessions, appCodes })
  const twoStep = makeTwoStep({ auth, lanes, accounts, sessions, appCodes })

  /** After the sign-ins that run now: one whose password was looked at before it was replaced opens a session yet. */
  async function afterSignIns(technician: TechnicianId, work: () => Promise<void>): Promise<void> {
    const account = await accounts.findAccount(technician)
    await (account ? lanes(account.email, work) : work())
  }

  return {
    accounts,
    sessions,
    steps,
    twoStep,
    authenticate: sessions.authenticate,
    recognise: sessions.recognise,
    hashSignInKey: accounts.hashSignInKey,
    addAccount: accounts.addAccount,
    hasAdmin: accounts.hasAdmin,
    /** All sign-ins and trusted devices of one technician. */
    endSignIns: (technician: TechnicianId): Promise<void> =>
      afterSignIns(technician, () => sessions.endAll(technician)),
    /** All but this one, and what was begun between the two steps; devices stay trusted. */
    endOtherSignIns: (technician: TechnicianId, but: SignInId): Promise<void> =>
      afterSignIns(technician, () => sessions.endOthers(technician, but)),
  }
}
