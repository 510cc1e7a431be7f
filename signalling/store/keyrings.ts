import { type Kysely, type SqlBool, sql } from 'kysely'
import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import type { GroupId, TechnicianId, Time } from '../../protocol/ids.ts'
import {
  type KeyringsReply,
  type PublicKey,
  Reader,
  type SealedKeyring,
  type SealKeyringRequest,
} from '../../protocol/keys.ts'
import { checkSuccessor } from '../keys/successor.ts'
import { findMember } from './members.ts'
import { allEntitled, type Entitled, groupsToRead, wantedReaders } from './readers.ts'
import type { Schema } from './schema.ts'
import { reading, type Store } from './store.ts'

const Readers = v.array(Reader)

/** Of each group that this technician is to read, the keyring and who is to read it now. */
export async function listKeyrings(
  { db }: Pick<Store, 'db'>,
  technician: TechnicianId,
): Promise<KeyringsReply['groups']> {
  // Membership must not change between a keyring and the readers that are wanted for it.
  return await reading(db).execute(async (trx) => {
    const listed: KeyringsReply['groups'] = []
    for (const group of await groupsToRead(trx, technician)) {
      const keyring = (await findKeyring(trx, group)) ?? null
      listed.push({ group, keyring, wanted: await wantedReaders(trx, group) })
    }
    return listed
  })
}

/**
 * Puts a keyring in the place of the one that it follows, for one of those who are to read it.
 * @throws RefusedError `not-found` for a group that is not one's own, `forbidden` without a vault, and for one begun anew by
 * somebody who is no admin, `conflict` as `checkSuccessor` says, also when somebody else was first.
 */
export async function keepKeyring(
  { db }: Pick<Store, 'db'>,
  next: SealKeyringRequest & { group: GroupId; by: TechnicianId; now: Time },
): Promise<SealedKeyring> {
  const { group, by, now, after, epoch, publicKey, sealed, readers, anew } = next
  return await db.transaction().execute(async (trx) => {
    if (!(await groupsToRead(trx, by)).includes(group)) throw new RefusedError({ code: 'not-found', about: 'group' })
    const wanted = await wantedReaders(trx, group)
    if (!wanted.some(({ technician }) => technician === by)) throw new RefusedError({ code: 'forbidden' })
    if (anew && !(await findMember(trx, by))?.admin) throw new RefusedError({ code: 'forbidden', about: 'anew' })
    const refusal = checkSuccessor(await findKeyring(trx, group), { after, epoch, publicKey, readers, anew }, wanted)
    if (refusal) throw new RefusedError(refusal)
    const keyring: SealedKeyring = { revision: after + 1, epoch, publicKey, sealed, readers, sealedAt: now }
    if (!(await replaceKeyring(trx, group, keyring))) throw new RefusedError({ code: 'conflict', about: 'after' })
    return keyring
  })
}

/** The group's newest public key; null where nobody has made one yet. */
export async function findPublicKey({ db }: Pick<Store, 'db'>, group: GroupId): Promise<PublicKey | null> {
  const row = await db.selectFrom('keyrings').select('public_key').where('group_id', '=', group).executeTakeFirst()
  return row?.public_key ?? null
}

/** To whom the group's keyring is sealed; undefined where it has none yet. */
export async function findReaders({ db }: Pick<Store, 'db'>, group: GroupId): Promise<Set<TechnicianId> | undefined> {
  const row = await db.selectFrom('keyrings').select('readers').where('group_id', '=', group).executeTakeFirst()
  return row && new Set(readReaders(row.readers).map(({ technician }) => technician))
}

/** Active technicians who have no keys yet, or whom a group's keyring leaves out. */
export async function waitingForKeys({ db }: Pick<Store, 'db'>): Promise<Set<TechnicianId>> {
  const [entitled, keyrings, keyless] = await Promise.all([
    allEntitled(db),
    db.selectFrom('keyrings').select(['group_id', 'readers']).execute(),
    db
      .selectFrom('user')
      .leftJoin('vaults', 'vaults.technician', 'user.id')
      .select('user.id')
      .where('vaults.technician', 'is', null)
      .where(sql<SqlBool>`${sql.ref('user.active')} = true`)
      .execute(),
  ])
  const given = new Set(
    keyrings.flatMap((row) => readReaders(row.readers).map((reader) => nameOf({ group: row.group_id, ...reader }))),
  )
  const leftOut = entitled.filter((row) => !given.has(nameOf(row)))
  return new Set([...keyless.map(({ id }) => id), ...leftOut.map(({ technician }) => technician)])
}

function nameOf({ group, technician, publicKey }: Entitled): string {
  return `${group} ${technician} ${publicKey}`
}

async function findKeyring(db: Kysely<Schema>, group: GroupId): Promise<SealedKeyring | undefined> {
  const row = await db.selectFrom('keyrings').selectAll().where('group_id', '=', group).executeTakeFirst()
  if (!row) return undefined
  const { revision, epoch, sealed } = row
  const readers = readReaders(row.readers)
  return { revision, epoch, publicKey: row.public_key, sealed, readers, sealedAt: row.sealed_at }
}

/** @returns false when another keyring took the place first; nothing is written then. */
async function replaceKeyring(db: Kysely<Schema>, group: GroupId, keyring: SealedKeyring): Promise<boolean> {
  const { revision, epoch, publicKey, sealed, readers, sealedAt } = keyring
  const columns = {
    revision,
    epoch,
    sealed,
    public_key: publicKey,
    readers: JSON.stringify(readers),
    sealed_at: sealedAt,
  }
  if (revision === 1) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('keyrings')
      .values({ group_id: group, ...columns })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return numInsertedOrUpdatedRows === 1n
  }
  const { numUpdatedRows } = await db
    .updateTable('keyrings')
    .set(columns)
    .where('group_id', '=', group)
    .where('revision', '=', revision - 1)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

function readReaders(json: string): Reader[] {
  return v.parse(Readers, JSON.parse(json))
}
