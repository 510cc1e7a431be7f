import { setImmediate } from 'node:timers/promises'
import { type ExpressionBuilder, type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import { foldGroupName } from '../../protocol/group-name.ts'
import { Time } from '../../protocol/ids.ts'
import { type LogList, type LogQuery, type LogRow, LogSeq } from '../../protocol/log.ts'
import type { Person } from '../tickets/rights.ts'
import { readRow } from './log-row.ts'
import type { Schema } from './schema.ts'

/**
 * So many rows are looked at in one statement, and so many statements for one page, with room for others in between: a search that finds
 * nothing in a million rows holds nobody up.
 */
const WINDOW = 5_000
const WINDOWS = 20

export type LogPage = { rows: LogRow[]; next: string | null }

type Rows = SelectQueryBuilder<Schema, 'activity', object>
type Is = ExpressionBuilder<Schema, 'activity'>
/** Where a page ended. */
const Place = v.tuple([Time, LogSeq])
type Place = v.InferOutput<typeof Place>

/** One page of a list, as far as `reader` may see it. @throws RefusedError `malformed` for a cursor that none of these pages gave. */
export async function readLog(
  db: Kysely<Schema>,
  list: Exclude<LogList, 'session'>,
  reader: Person,
  query: LogQuery,
): Promise<LogPage> {
  const { order, limit, cursor } = query
  const direction = order === 'newest' ? 'desc' : 'asc'
  const inTime = within(db.selectFrom('activity').where('list', '=', list), query)
  const matches = matching(reader, query)
  let after = cursor === undefined ? undefined : readPlace(cursor)
  const found: LogRow[] = []
  for (let window = 0; window < WINDOWS; window += 1) {
    const ahead = beyond(inTime, after, order)
    // Where every row is one of the page's, no more is looked at than the page has.
    const edge = seesAll(reader, query) ? undefined : await edgeOf(ahead, direction)
    const wanted = limit + 1 - found.length
    const rows = await upTo(ahead, edge, order)
      .where(matches)
      .select(['seq', 'payload', 'at'])
      .orderBy('at', direction)
      .orderBy('seq', direction)
      .limit(wanted)
      .execute()
    found.push(...rows.flatMap((row) => readRow(row) ?? []))
    const last = found[limit - 1]
    if (found.length > limit && last) return { rows: found.slice(0, limit), next: `${last.at}.${last.seq}` }
    const lastRead = rows.at(-1)
    // Some of what came could not be read: on behind that.
    if (rows.length === wanted && lastRead) after = [Number(lastRead.at), Number(lastRead.seq)]
    else if (!edge) return { rows: found, next: null }
    else after = edge
    await setImmediate()
  }
  return { rows: found, next: after ? after.join('.') : null }
}

function seesAll({ admin }: Person, { group, technician, search }: LogQuery): boolean {
  return admin && group === undefined && technician === undefined && !search?.trim()
}

function within(rows: Rows, { from, until }: LogQuery): Rows {
  const begun = from === undefined ? rows : rows.where('at', '>=', from)
  return until === undefined ? begun : begun.where('at', '<', until)
}

/** The last row of the window; undefined where the window reaches to the end. */
async function edgeOf(rows: Rows, direction: 'asc' | 'desc'): Promise<Place | undefined> {
  const row = await rows
    .select(['at', 'seq'])
    .orderBy('at', direction)
    .orderBy('seq', direction)
    .limit(1)
    .offset(WINDOW - 1)
    .executeTakeFirst()
  return row && [Number(row.at), Number(row.seq)]
}

/** Of each two conditions the first is what the index finds. */
function beyond(rows: Rows, after: Place | undefined, order: LogQuery['order']): Rows {
  if (!after) return rows
  const [at, seq] = after
  return order === 'newest'
    ? rows.where('at', '<=', at).where((is) => is.or([is('at', '<', at), is('seq', '<', seq)]))
    : rows.where('at', '>=', at).where((is) => is.or([is('at', '>', at), is('seq', '>', seq)]))
}

function upTo(rows: Rows, edge: Place | undefined, order: LogQuery['order']): Rows {
  if (!edge) return rows
  const [at, seq] = edge
  return order === 'newest'
    ? rows.where('at', '>=', at).where((is) => is.or([is('at', '>', at), is('seq', '>=', seq)]))
    : rows.where('at', '<=', at).where((is) => is.or([is('at', '<', at), is('seq', '<=', seq)]))
}

/** What is asked for, and what this reader may see: oneself and what the own groups had; an admin everything. */
function matching(reader: Person, { group, technician, search = '' }: LogQuery) {
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

function readPlace(text: string): Place {
  const read = v.safeParse(Place, text.split('.').map(Number))
  if (!read.success) throw new RefusedError({ code: 'malformed', about: 'cursor' })
  return read.output
}
