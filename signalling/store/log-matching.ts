import { type ExpressionBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { foldGroupName } from '../../protocol/group-name.ts'
import type { LogQuery } from '../../protocol/log.ts'
import type { Person } from '../tickets/rights.ts'
import type { Schema } from './schema.ts'

export type Rows = SelectQueryBuilder<Schema, 'activity', object>
type Is = ExpressionBuilder<Schema, 'activity'>

/** Whether there is no row of the list that this reader does not see and is not asked for, whenever it was. */
export function seesAll({ admin }: Person, { group, technician, search }: LogQuery): boolean {
  return admin && group === undefined && technician === undefined && !search?.trim()
}

export function within(rows: Rows, { from, until }: LogQuery): Rows {
  const begun = from === undefined ? rows : rows.where('at', '>=', from)
  return until === undefined ? begun : begun.where('at', '<', until)
}

/** What is asked for, and what this reader may see: oneself and what the own groups had; an admin everything. */
export function matching(reader: Person, { group, technician, search = '' }: LogQuery) {
  return (is: Is) => {
    const members = (id: NonNullable<typeof group>) =>
      is.selectFrom('memberships').select('technician').where('memberships.group_id', '=', id)
    const words = foldGroupName(search)
      .split(' ')
      .filter((word) => word !== '')
    return is.and([
      ...(reader.admin
        ? []
        : [
            is.or([
              is('by_whom', '=', reader.id),
              is('whom', '=', reader.id),
              ...(reader.groups.length > 0 ? [is('group_id', 'in', reader.groups)] : []),
            ]),
          ]),
      // What has no group of its own, such as a sign-in, is the groups' of whoever did it.
      ...(group === undefined
        ? []
        : [
            is.or([
              is('group_id', '=', group),
              is.and([is('group_id', 'is', null), is('by_whom', 'in', members(group))]),
            ]),
          ]),
      ...(technician === undefined ? [] : [is.or([is('by_whom', '=', technician), is('whom', '=', technician)])]),
      ...words.map((word) => sql<boolean>`words like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`),
    ])
  }
}
