import { Encrypter } from 'age-encryption'
import type { Kysely } from 'kysely'
import { RefusedError } from '../../protocol/errors.ts'
import type { TechnicianId } from '../../protocol/ids.ts'
import type { Vault } from '../../protocol/keys.ts'
import type { Schema } from './schema.ts'

/**
 * Keeps an account's vault, in place of the one before. With another `publicKey` the account is a new reader of its groups.
 * @throws RefusedError `malformed` where nobody could seal to the public key: it would hold up everybody in the group.
 */
export async function keepVault(db: Kysely<Schema>, technician: TechnicianId, vault: Vault): Promise<void> {
  await requireUsable(vault)
  const row = {
    public_key: vault.publicKey,
    by_password: vault.byPassword,
    by_recovery_code: vault.byRecoveryCode,
  }
  await db
    .insertInto('vaults')
    .values({ technician, ...row })
    .onConflict((conflict) => conflict.column('technician').doUpdateSet(row))
    .execute()
}

/**
 * The account's first vault, or the one that it has, sealed anew.
 * @throws RefusedError `conflict` where it has another identity; else as `keepVault`.
 */
export async function keepSameVault(trx: Kysely<Schema>, technician: TechnicianId, vault: Vault): Promise<void> {
  const present = await findVault(trx, technician)
  if (present && present.publicKey !== vault.publicKey) throw new RefusedError({ code: 'conflict', about: 'vault' })
  await keepVault(trx, technician, vault)
}

export async function findVault(db: Kysely<Schema>, technician: TechnicianId): Promise<Vault | null> {
  const row = await db.selectFrom('vaults').selectAll().where('technician', '=', technician).executeTakeFirst()
  if (!row) return null
  return { publicKey: row.public_key, byPassword: row.by_password, byRecoveryCode: row.by_recovery_code }
}

/** The schema sees the letters only: whether they are a point that can be sealed to shows when one does. */
async function requireUsable({ publicKey }: Vault): Promise<void> {
  const encrypter = new Encrypter()
  try {
    encrypter.addRecipient(publicKey)
    await encrypter.encrypt('')
  } catch {
    throw new RefusedError({ code: 'malformed', about: 'vault' })
  }
}
