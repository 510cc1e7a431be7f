import type { Kysely } from 'kysely'
import * as v from 'valibot'
import { type Language, TechnicianId } from '../../protocol/ids.ts'
import type { Schema } from '../store/schema.ts'
import type { BetterAuth } from './better-auth.ts'
import { Account } from './technician.ts'

export type NewAccount = {
  name: string
  email: string
  signInKeyHash: string
  admin: boolean
  language: Language
  twoStepRequired: boolean
}

export type Accounts = ReturnType<typeof makeAccounts>

/** Accounts and their sign-in keys. `within` is better-auth inside a transaction of the caller. */
export function makeAccounts(auth: BetterAuth, within: (trx: Kysely<Schema>) => BetterAuth) {
  /** Hashes a sign-in key as better-auth does; slow on purpose. */
  async function hashSignInKey(signInKey: string): Promise<string> {
    const { password } = await auth.$context
    return await password.hash(signInKey)
  }

  /** Adds an account inside the caller's transaction. There is no other way to become a technician. */
  async function addAccount(trx: Kysely<Schema>, account: NewAccount): Promise<TechnicianId> {
    const { internalAdapter } = await within(trx).$context
    const { signInKeyHash, ...user } = account
    const added = await internalAdapter.createUser(
      { ...user, active: true, twoStepOn: false, emailVerified: false },
      { method: 'link' },
    )
    const credential = { userId: added.id, providerId: 'credential', accountId: added.id, password: signInKeyHash }
    await internalAdapter.linkAccount(credential)
    return v.parse(TechnicianId, added.id)
  }

  /** Puts another sign-in key into the account, inside the caller's transaction. */
  async function replaceSignInKey(trx: Kysely<Schema>, technician: TechnicianId, hash: string): Promise<void> {
    const { internalAdapter } = await within(trx).$context
    await internalAdapter.updatePassword(technician, hash)
  }

  /** Whether it is the account's present sign-in key; slow on purpose. */
  async function isSignInKey(technician: TechnicianId, signInKey: string): Promise<boolean> {
    const { internalAdapter, password } = await auth.$context
    const hash = (await internalAdapter.findCredentialAccount(technician))?.password
    return typeof hash === 'string' && (await password.verify({ hash, password: signInKey }))
  }

  async function findAccount(technician: TechnicianId): Promise<Account | undefined> {
    const { internalAdapter } = await auth.$context
    const user = await internalAdapter.findUserById(technician)
    return user ? v.parse(Account, user) : undefined
  }

  async function findByEmail(email: string): Promise<Account | undefined> {
    const { internalAdapter } = await auth.$context
    const found = await internalAdapter.findUserByEmail(email)
    return found ? v.parse(Account, found.user) : undefined
  }

  async function change(technician: TechnicianId, what: { name?: string; language?: Language }): Promise<void> {
    const { internalAdapter } = await auth.$context
    await internalAdapter.updateUser(technician, what)
  }

  /** True once the setup link was used. */
  async function hasAdmin(): Promise<boolean> {
    const { adapter } = await auth.$context
    return (await adapter.count({ model: 'user', where: [{ field: 'admin', value: true }] })) > 0
  }

  return { hashSignInKey, addAccount, replaceSignInKey, isSignInKey, findAccount, findByEmail, change, hasAdmin }
}
