import { type Kysely, type SqlBool, sql } from 'kysely'
import type { GroupId, TechnicianId } from '../../protocol/ids.ts'
import type { PublicKey, Reader } from '../../protocol/keys.ts'
import type { Schema } from './schema.ts'

/** The groups that a technician is to read: one's own, an admin all. None where the account is not active. */
export async function groupsToRead(db: Kysely<Schema>, technician: TechnicianId): Promise<GroupId[]> {
  const rows = await entitled(db)
    .select('groups.id')
    .where('user.id', '=', technician)
    .orderBy('groups.created_at')
    .orderBy('groups.id')
    .execute()
  return rows.map(({ id }) => id)
}

/** To whom a group's keyring is to be sealed now: members and admins, active, with a vault. In the order of their ids. */
export async function wantedReaders(db: Kysely<Schema>, group: GroupId): Promise<Reader[]> {
  return await entitled(db)
    .innerJoin('vaults', 'vaults.technician', 'user.id')
    .select(['user.id as technician', 'vaults.public_key as publicKey'])
    .where('groups.id', '=', group)
    .orderBy('user.id')
    .execute()
}

/** An active technician who is to read the group; `publicKey` is null without a vault. */
export type Entitled = { group: GroupId; technician: TechnicianId; publicKey: PublicKey | null }

export async function allEntitled(db: Kysely<Schema>): Promise<Entitled[]> {
  return await entitled(db)
    .leftJoin('vaults', 'vaults.technician', 'user.id')
    .select(['groups.id as group', 'user.id as technician', 'vaults.public_key as publicKey'])
    .execute()
}

/** Pairs of a group and an active technician who is in it or an admin. */
function entitled(db: Kysely<Schema>) {
  return db
    .selectFrom('groups')
    .innerJoin('user', (join) => join.on(sql<SqlBool>`${sql.ref('user.active')} = true`))
    .leftJoin('memberships', (join) =>
      join.onRef('memberships.group_id', '=', 'groups.id').onRef('memberships.technician', '=', 'user.id'),
    )
    .where((is) => is.or([sql<SqlBool>`${sql.ref('user.admin')} = true`, is('memberships.technician', 'is not', null)]))
}
