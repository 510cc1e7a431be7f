import { type Kysely, sql } from 'kysely'
import { RefusedError } from '../../protocol/errors.ts'
import type { GroupId, Language, TechnicianId, Time } from '../../protocol/ids.ts'
import type { ChangeTechnicianRequest, MoveRequest, TechnicianRow } from '../../protocol/people.ts'
import type { Person } from '../tickets/rights.ts'
import { findGroups } from './groups.ts'
import { type LogEntry, writeLog } from './log.ts'
import type { Flag, Schema } from './schema.ts'
import type { Store } from './store.ts'

/** A technician as the database knows one; what is live is added by `people/listing.ts`. */
export type Member = Omit<TechnicianRow, 'online' | 'waitsForKeys'>

/** Everybody who has an account, or the one asked for. */
async function readMembers(db: Kysely<Schema>, only?: TechnicianId): Promise<Member[]> {
  const users = db
    .selectFrom('user')
    .select(['id', 'name', 'email', 'admin', 'active', 'twoStepRequired', 'twoStepOn', 'lastSeenAt'])
    .orderBy('name')
    .orderBy('email')
  const memberships = db.selectFrom('memberships').select(['group_id', 'technician']).orderBy('group_id')
  const rows = await (only === undefined ? users : users.where('id', '=', only)).execute()
  const joined = await (only === undefined ? memberships : memberships.where('technician', '=', only)).execute()
  const groups = Map.groupBy(joined, ({ technician }) => technician)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    groups: (groups.get(row.id) ?? []).map(({ group_id }) => group_id),
    admin: Boolean(row.admin),
    twoStep: { on: Boolean(row.twoStepOn) || Boolean(row.twoStepRequired), required: Boolean(row.twoStepRequired) },
    active: Boolean(row.active),
    lastSeenAt: row.lastSeenAt,
  }))
}

export async function listMembers({ db }: Pick<Store, 'db'>): Promise<Member[]> {
  return await readMembers(db)
}

export async function findMember(db: Kysely<Schema>, id: TechnicianId): Promise<Member | undefined> {
  const [member] = await readMembers(db, id)
  return member
}

/** Those of `ids` who are active, with what their rights hang on. */
export async function findPeople(db: Kysely<Schema>, ids: readonly TechnicianId[]): Promise<Person[]> {
  if (ids.length === 0) return []
  const users = await db
    .selectFrom('user')
    .select(['id', 'admin'])
    .where('id', 'in', ids)
    .where('active', '=', flag(true))
    .execute()
  const rows = await db.selectFrom('memberships').selectAll().where('technician', 'in', ids).execute()
  const groups = Map.groupBy(rows, ({ technician }) => technician)
  return users.map(({ id, admin }) => ({
    id,
    admin: Boolean(admin),
    groups: (groups.get(id) ?? []).map(({ group_id }) => group_id),
  }))
}

export async function findPerson(db: Kysely<Schema>, id: TechnicianId): Promise<Person | undefined> {
  const [person] = await findPeople(db, [id])
  return person
}

/** The groups of one technician. */
export async function findGroupsOf(db: Kysely<Schema>, technician: TechnicianId): Promise<GroupId[]> {
  const rows = await db.selectFrom('memberships').select('group_id').where('technician', '=', technician).execute()
  return rows.map(({ group_id }) => group_id)
}

/** Adds one to groups that there are. */
export async function joinGroups(trx: Kysely<Schema>, technician: TechnicianId, groups: readonly GroupId[]) {
  if (groups.length === 0) return
  await trx
    .insertInto('memberships')
    .values(groups.map((group_id) => ({ group_id, technician })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/**
 * Moves all of them, or nobody. A group that is in both lists is added.
 * @throws RefusedError `not-found` where a technician or a group to add is not (any more) there.
 */
export async function moveMembers(
  { db }: Pick<Store, 'db'>,
  by: TechnicianId,
  { technicians, add, remove }: MoveRequest,
): Promise<void> {
  const people = [...new Set(technicians)]
  await db.transaction().execute(async (trx) => {
    const known = await trx.selectFrom('user').select('id').where('id', 'in', people).execute()
    if (known.length < people.length) throw new RefusedError({ code: 'not-found', about: 'technicians' })
    const groups = await findGroups(trx, [...new Set(add)])
    if (groups.length < new Set(add).size) throw new RefusedError({ code: 'not-found', about: 'add' })
    const before = await membershipsOf(trx, people)
    if (remove.length > 0) {
      const left = trx.deleteFrom('memberships').where('technician', 'in', people).where('group_id', 'in', remove)
      await left.execute()
    }
    // A statement for each group: all at once could be more values than a statement takes.
    for (const { id } of groups) {
      await trx
        .insertInto('memberships')
        .values(people.map((technician) => ({ group_id: id, technician })))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    await writeLog(trx, ...movesBetween(before, await membershipsOf(trx, people), by))
  })
}

type Membership = Pick<Schema['memberships'], 'technician' | 'group_id'>

async function membershipsOf(trx: Kysely<Schema>, people: readonly TechnicianId[]): Promise<Membership[]> {
  return await trx
    .selectFrom('memberships')
    .select(['technician', 'group_id'])
    .where('technician', 'in', people)
    .orderBy('technician')
    .orderBy('group_id')
    .execute()
}

/** One line of the log for each who came into a group or left one. */
function movesBetween(before: readonly Membership[], after: readonly Membership[], by: TechnicianId): LogEntry[] {
  const keyOf = ({ technician, group_id }: Membership) => `${technician} ${group_id}`
  const at = Date.now()
  const only = (
    these: readonly Membership[],
    those: readonly Membership[],
    what: 'member-added' | 'member-removed',
  ) => {
    const known = new Set(those.map(keyOf))
    return these
      .filter((one) => !known.has(keyOf(one)))
      .map(({ technician, group_id }) => ({ at, by, whom: technician, group: group_id, event: { what } }))
  }
  return [...only(before, after, 'member-removed'), ...only(after, before, 'member-added')]
}

/**
 * Changes what an admin decides about somebody.
 * @param by the admin, who must still be one when it is this change's turn.
 * @throws RefusedError `not-found`, `last-admin` or `forbidden`.
 */
export async function changeMember(
  { db }: Pick<Store, 'db'>,
  by: TechnicianId,
  id: TechnicianId,
  change: ChangeTechnicianRequest,
): Promise<Member> {
  return await db.transaction().execute(async (trx) => {
    // A lock that all such changes take: two admins who demote each other come one after the other, in any database.
    await trx.updateTable('instance').set({ one: 1 }).execute()
    const admins = await listActiveAdmins(trx)
    const loses = change.admin === false || change.active === false
    if (loses && admins.length === 1 && admins[0] === id) throw new RefusedError({ code: 'last-admin' })
    if (!admins.includes(by)) throw new RefusedError({ code: 'forbidden' })
    const set = columnsOf(change)
    if (Object.keys(set).length > 0) await trx.updateTable('user').set(set).where('id', '=', id).execute()
    const changed = await findMember(trx, id)
    if (!changed) throw new RefusedError({ code: 'not-found', about: 'technician' })
    const { admin, twoStepRequired: twoStep, active } = change
    const event = {
      what: 'rights-changed',
      ...(admin !== undefined && { admin }),
      ...(twoStep !== undefined && { twoStep }),
      ...(active !== undefined && { active }),
    } as const
    await writeLog(trx, { at: Date.now(), by, whom: id, event })
    return changed
  })
}

/** Notes that these are here now. */
export async function noteSeen({ db }: Pick<Store, 'db'>, ids: readonly TechnicianId[], now: Time): Promise<void> {
  if (ids.length > 0) await db.updateTable('user').set({ lastSeenAt: now }).where('id', 'in', ids).execute()
}

/** Where the admins who are active get their mail. */
export async function listAdminAddresses({ db }: Pick<Store, 'db'>): Promise<{ email: string; language: Language }[]> {
  return await db
    .selectFrom('user')
    .select(['email', 'language'])
    .where('admin', '=', flag(true))
    .where('active', '=', flag(true))
    .execute()
}

async function listActiveAdmins(trx: Kysely<Schema>): Promise<TechnicianId[]> {
  const rows = await trx
    .selectFrom('user')
    .select('id')
    .where('admin', '=', flag(true))
    .where('active', '=', flag(true))
    .execute()
  return rows.map(({ id }) => id)
}

function columnsOf({ admin, twoStepRequired, active }: ChangeTechnicianRequest) {
  return {
    ...(admin !== undefined && { admin: flag(admin) }),
    ...(twoStepRequired !== undefined && { twoStepRequired: flag(twoStepRequired) }),
    ...(active !== undefined && { active: flag(active) }),
  }
}

function flag(value: boolean) {
  return value ? sql<Flag>`true` : sql<Flag>`false`
}
