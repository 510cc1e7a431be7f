import { setImmediate } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import { Time } from '../../protocol/ids.ts'
import { type LogList, type LogQuery, type LogRow, LogSeq } from '../../protocol/log.ts'
import type { Person } from '../tickets/rights.ts'
import { matching, type Rows, seesAll, within } from './log-matching.ts'
import { readRow } from './log-row.ts'
import { readSorted } from './log-sorted.ts'
import type { Schema } from './schema.ts'

/**
 * So many rows are looked at in one statement, and so many statements for one page, with room for others in between: a search that finds
 * nothing in a million rows holds nobody up.
 */
const WINDOW = 5_000
const WINDOWS = 20

export type LogPage = { rows: LogRow[]; next: string | null }

/** Where a page ended. */
const Place = v.tuple([Time, LogSeq])
type Place = v.InferOutput<typeof Place>

/** One page of a list in the order of time, or another, as far as `reader` may see it. @throws RefusedError `malformed` for a cursor that none of these pages gave. */
export async function readLog(
  db: Kysely<Schema>,
  list: Exclude<LogList, 'session'>,
  reader: Person,
  query: LogQuery,
): Promise<LogPage> {
  const { sort, order, limit, cursor } = query
  if (sort !== 'time') return await readSorted(db, list, reader, { ...query, sort })
  const direction = order === 'descending' ? 'desc' : 'asc'
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
  return order === 'descending'
    ? rows.where('at', '<=', at).where((is) => is.or([is('at', '<', at), is('seq', '<', seq)]))
    : rows.where('at', '>=', at).where((is) => is.or([is('at', '>', at), is('seq', '>', seq)]))
}

function upTo(rows: Rows, edge: Place | undefined, order: LogQuery['order']): Rows {
  if (!edge) return rows
  const [at, seq] = edge
  return order === 'descending'
    ? rows.where('at', '>=', at).where((is) => is.or([is('at', '>', at), is('seq', '>=', seq)]))
    : rows.where('at', '<=', at).where((is) => is.or([is('at', '<', at), is('seq', '<=', seq)]))
}

function readPlace(text: string): Place {
  const read = v.safeParse(Place, text.split('.').map(Number))
  if (!read.success) throw new RefusedError({ code: 'malformed', about: 'cursor' })
  return read.output
}
