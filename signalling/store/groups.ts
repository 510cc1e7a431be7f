import type { Kysely } from 'kysely'
import { RefusedError } from '../../protocol/errors.ts'
import { foldGroupName } from '../../protocol/group-name.ts'
import type { GroupId, TechnicianId, Time } from '../../protocol/ids.ts'
import type { Group, GroupSettings, GroupsReply, GroupUse } from '../../protocol/people.ts'
import { drawGroupId } from '../tokens.ts'
import { writeLog } from './log.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

/** Groups, in the order of their names as a computer sorts them; people sort by their own language. */
export async function listGroups(db: Kysely<Schema>): Promise<Group[]> {
  const rows = await db.selectFrom('groups').select(COLUMNS).orderBy('folded').execute()
  return rows.map(toGroup)
}

const COLUMNS = ['id', 'name', 'assignment', 'silent_minutes', 'answer_minutes', 'resolve_minutes'] as const

function toGroup(row: Pick<Schema['groups'], (typeof COLUMNS)[number]>): Group {
  const { silent_minutes, answer_minutes, resolve_minutes, ...rest } = row
  return { ...rest, silentMinutes: silent_minutes, answerMinutes: answer_minutes, resolveMinutes: resolve_minutes }
}

/** A new group's queue: nobody is given anything by itself, and who is silent for so long loses it. */
const DEFAULTS = { assignment: 'off', silent_minutes: 5 } as const

/** @throws RefusedError `not-found`. */
export async function setGroup(
  db: Kysely<Schema>,
  id: GroupId,
  { assignment, silentMinutes, answerMinutes, resolveMinutes }: GroupSettings,
): Promise<Group> {
  const set = await db
    .updateTable('groups')
    .set({
      assignment,
      silent_minutes: silentMinutes,
      answer_minutes: answerMinutes,
      resolve_minutes: resolveMinutes,
    })
    .where('id', '=', id)
    .returning(COLUMNS)
    .executeTakeFirst()
  if (!set) throw new RefusedError({ code: 'not-found', about: 'group' })
  return toGroup(set)
}

/** Every group with its newest public key, as somewhere to move a ticket to. */
export async function listGroupKeys(db: Kysely<Schema>): Promise<GroupsReply['groups']> {
  const rows = await db
    .selectFrom('groups')
    .leftJoin('keyrings', 'keyrings.group_id', 'groups.id')
    .select(['groups.id', 'groups.name', 'keyrings.public_key as publicKey'])
    .orderBy('folded')
    .execute()
  return rows
}

/** @throws RefusedError `name-taken`, decided by the database. */
export async function addGroup(db: Kysely<Schema>, name: string, now: Time): Promise<Group> {
  const added = await db
    .insertInto('groups')
    .values({ id: drawGroupId(), name, folded: foldGroupName(name), created_at: now, ...DEFAULTS })
    .onConflict((conflict) => conflict.column('folded').doNothing())
    .returning(COLUMNS)
    .executeTakeFirst()
  if (!added) throw new RefusedError({ code: 'name-taken', about: 'name' })
  return toGroup(added)
}

/** @throws RefusedError `name-taken` or `not-found`. */
export async function renameGroup(db: Kysely<Schema>, id: GroupId, name: string): Promise<Group> {
  const folded = foldGroupName(name)
  const renamed = await db
    .updateTable('groups')
    .set({ name, folded })
    .where('id', '=', id)
    // In the statement itself, so that a taken name is no error of the database; its constraint stands behind it.
    .where((is) =>
      is.not(
        is.exists(is.selectFrom('groups as other').select('id').where('folded', '=', folded).where('id', '!=', id)),
      ),
    )
    .returning(COLUMNS)
    .executeTakeFirst()
  if (renamed) return toGroup(renamed)
  const known = await db.selectFrom('groups').select('id').where('id', '=', id).executeTakeFirst()
  throw new RefusedError(known ? { code: 'name-taken', about: 'name' } : { code: 'not-found', about: 'group' })
}

/**
 * Deletes a group that nobody is in and that has no tickets but expired ones, which go with it. Invitations that were not taken up
 * in time forget it.
 * @throws RefusedError `group-in-use` or `not-found`.
 */
export async function deleteGroup(
  { db }: Pick<Store, 'db'>,
  id: GroupId,
  { by, now }: { by: TechnicianId; now: Time },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const [group] = await findGroups(trx, [id])
    const member = trx.selectFrom('memberships').select('technician').where('group_id', '=', id)
    const invited = trx
      .selectFrom('invitation_groups')
      .innerJoin('invitations', 'invitations.id', 'invitation_groups.invitation')
      .select('invitations.id')
      .where('group_id', '=', id)
      .where('expires_at', '>', now)
    const ticket = trx.selectFrom('tickets').select('id').where('group_id', '=', id).where('state', '!=', 'expired')
    const user =
      (await member.executeTakeFirst()) ?? (await invited.executeTakeFirst()) ?? (await ticket.executeTakeFirst())
    if (user) {
      throw new RefusedError({ code: 'group-in-use', about: 'group' })
    }
    await trx.deleteFrom('tickets').where('group_id', '=', id).execute()
    await trx.deleteFrom('invitation_groups').where('group_id', '=', id).execute()
    await trx.deleteFrom('groups').where('id', '=', id).execute()
    if (!group) throw new RefusedError({ code: 'not-found', about: 'group' })
    await writeLog(trx, { at: now, by, group: { id, name: group.name }, event: { what: 'group-deleted' } })
  })
}

/** The group's tickets that are open or resolved. @throws RefusedError `not-found`. */
export async function countTickets(db: Kysely<Schema>, id: GroupId): Promise<GroupUse> {
  const row = await db
    .selectFrom('groups')
    .leftJoin('tickets', 'tickets.group_id', 'groups.id')
    .select(({ fn }) => [
      fn.count<number>('tickets.id').filterWhere('state', '=', 'open').as('open'),
      fn.count<number>('tickets.id').filterWhere('state', '=', 'resolved').as('resolved'),
    ])
    .where('groups.id', '=', id)
    .groupBy('groups.id')
    .executeTakeFirst()
  if (!row) throw new RefusedError({ code: 'not-found', about: 'group' })
  return { open: Number(row.open), resolved: Number(row.resolved) }
}

/** Those of `ids` that there are. */
export async function findGroups(db: Kysely<Schema>, ids: readonly GroupId[]): Promise<Group[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('groups').select(COLUMNS).where('id', 'in', ids).orderBy('folded').execute()
  return rows.map(toGroup)
}
