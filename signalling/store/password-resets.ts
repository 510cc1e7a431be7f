import type { Kysely } from 'kysely'
import type { TechnicianId, Time } from '../../protocol/ids.ts'
import { drawToken, hashToken } from '../tokens.ts'
import type { Schema } from './schema.ts'

/** A link to reset this account's password; the one before is void. @returns what stands behind the link's `#`. */
export async function addReset(db: Kysely<Schema>, technician: TechnicianId, expiresAt: Time): Promise<string> {
  const token = drawToken()
  const row = { token_hash: hashToken(token), expires_at: expiresAt }
  await db
    .insertInto('password_resets')
    .values({ technician, ...row })
    .onConflict((conflict) => conflict.column('technician').doUpdateSet(row))
    .execute()
  return token
}

/** Whose password the link resets, unless it was used, is too old, or never was one. */
export async function findReset(db: Kysely<Schema>, token: string, now: Time): Promise<TechnicianId | undefined> {
  const row = await db
    .selectFrom('password_resets')
    .select('technician')
    .where('token_hash', '=', hashToken(token))
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row?.technician
}

/** Uses the link up. @returns whose it was; of several at the same moment only one gets it. */
export async function useReset(db: Kysely<Schema>, token: string, now: Time): Promise<TechnicianId | undefined> {
  const row = await db
    .deleteFrom('password_resets')
    .where('token_hash', '=', hashToken(token))
    .where('expires_at', '>', now)
    .returning('technician')
    .executeTakeFirst()
  return row?.technician
}

/** The link that is on its way to this account, if there is one, is void. */
export async function forgetReset(db: Kysely<Schema>, technician: TechnicianId): Promise<void> {
  await db.deleteFrom('password_resets').where('technician', '=', technician).execute()
}

export async function forgetOldResets(db: Kysely<Schema>, now: Time): Promise<void> {
  await db.deleteFrom('password_resets').where('expires_at', '<=', now).execute()
}
