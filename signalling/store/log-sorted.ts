import { setImmediate } from 'node:timers/promises'
import type { Kysely, SelectQueryBuilder } from 'kysely'
import type { Time } from '../../protocol/ids.ts'
import type { LogList, LogQuery, LogRow, LogSeq } from '../../protocol/log.ts'
import type { Person } from '../tickets/rights.ts'
import { matching, type Rows, seesAll, within } from './log-matching.ts'
import { COLUMNS, inOrder, isBehind, type Order, type Place, placeOf, readPlace, writePlace } from './log-order.ts'
import type { LogPage } from './log-pages.ts'
import { readRow } from './log-row.ts'
import type { Schema } from './schema.ts'

/** A time with so few rows is put in order as it is asked for; in a longer one, an index has the order. */
const FEW = 10_000
/** So many rows are looked at in one statement, and so many statements for one page: the first is small, since most pages are found in it. */
const FIRST_WINDOW = 500
const WINDOW = 5_000
const WINDOWS = 20

type Sorted = LogQuery & { sort: keyof typeof COLUMNS }
type List = Exclude<LogList, 'session'>

/** One page of a list in another order than that of time. @throws RefusedError `malformed` for a cursor that none of these pages gave */
export async function readSorted(db: Kysely<Schema>, list: List, reader: Person, query: Sorted): Promise<LogPage> {
  const { limit, cursor } = query
  const order = { column: COLUMNS[query.sort], rises: query.order === 'ascending' }
  const rows = db.selectFrom('activity').where('list', '=', list)
  const matches = matching(reader, query)
  let place = cursor === undefined ? undefined : readPlace(cursor, order)
  if (await hasFew(within(rows, query), query)) {
    const all = within(rows, query).selectAll().limit(FEW)
    const here = db.selectFrom(all.as('activity')).where(matches)
    const behind = inOrder(place ? here.where(isBehind(order, place)) : here, order)
    const page = await behind
      .select(['seq', 'payload', 'at', order.column])
      .limit(limit + 1)
      .execute()
    const found = page.map((row) => ({ row: readRow(row), place: placeOf(row, row[order.column] ?? null) }))
    return pageOf(found.slice(0, limit), found.length > limit)
  }
  const found: Found[] = []
  for (let window = 0; window < WINDOWS; window += 1) {
    const wanted = limit + 1 - found.length
    const all = seesAll(reader, query) && !isBounded(query)
    const size = all ? wanted : window === 0 ? FIRST_WINDOW : WINDOW
    const looked = ahead(db, rows.where(order.column, 'is not', null), order, place, size)
    const page = await byPlace(inTime(db.selectFrom(looked.as('looked')), query), order)
      .innerJoin('activity', 'activity.seq', 'looked.place_seq')
      .where(matches)
      .select(['place_key', 'seq', 'payload', 'activity.at'])
      .limit(wanted)
      .execute()
    found.push(...page.map((row) => ({ row: readRow(row), place: placeOf(row, row.place_key) })))
    if (found.length > limit) return pageOf(found.slice(0, limit), true)
    const edge = await edgeOf(db, looked, order, size)
    if (!edge) return pageOf(found, false)
    place = edge
    await setImmediate()
  }
  return { ...pageOf(found, false), next: place ? writePlace(place) : null }
}

/** `row`: undefined where it cannot be read. */
type Found = { row: LogRow | undefined; place: Place }

function pageOf(found: readonly Found[], more: boolean): LogPage {
  const last = found.at(-1)
  return { rows: found.flatMap(({ row }) => row ?? []), next: more && last ? writePlace(last.place) : null }
}

const isBounded = ({ from, until }: LogQuery) => from !== undefined || until !== undefined

/** Whether the time that is asked for has few rows: counted no further than that. */
async function hasFew(rows: Rows, query: LogQuery): Promise<boolean> {
  if (!isBounded(query)) return false
  const over = await rows
    .select('seq')
    .orderBy('at')
    .limit(1)
    .offset(FEW - 1)
    .executeTakeFirst()
  return over === undefined
}

/** What the index says of a row, so that only those are read that can be of the page. */
type Looked = { place_key: string | number | null; place_at: Time | null; place_seq: LogSeq }
type LookedAt<O> = SelectQueryBuilder<Schema & { looked: Looked }, 'looked', O>

/** So many rows in order behind the place. Each of the two parts is a range of the index: of one condition over both, a database reads what is before it, too. */
function ahead(db: Kysely<Schema>, rows: Rows, order: Order, place: Place | undefined, size: number) {
  const part = (of: Rows) =>
    inOrder(of, order)
      .select((is) => [is.ref(order.column).as('place_key'), 'at as place_at', 'seq as place_seq'])
      .limit(size)
  if (!place) return part(rows)
  const [key, at, seq] = place
  const same = rows
    .where(order.column, '=', key)
    .where('at', order.rises ? '<=' : '>=', at)
    .where((is) => is.or([is('at', order.rises ? '<' : '>', at), is('seq', order.rises ? '<' : '>', seq)]))
  const other = rows.where(order.column, order.rises ? '>' : '<', key)
  const both = db
    .selectFrom(part(same).as('same'))
    .selectAll()
    .unionAll(db.selectFrom(part(other).as('other')).selectAll())
  return byPlace(db.selectFrom(both.as('looked')), order)
    .selectAll()
    .limit(size)
}

/** The last of so many rows; undefined where there are fewer. */
async function edgeOf(db: Kysely<Schema>, looked: ReturnType<typeof ahead>, order: Order, size: number) {
  const row = await byPlace(db.selectFrom(looked.as('looked')), order)
    .selectAll()
    .limit(1)
    .offset(size - 1)
    .executeTakeFirst()
  return row && placeOf({ at: row.place_at, seq: row.place_seq }, row.place_key)
}

function inTime<O>(looked: LookedAt<O>, { from, until }: LogQuery): LookedAt<O> {
  const begun = from === undefined ? looked : looked.where('place_at', '>=', from)
  return until === undefined ? begun : begun.where('place_at', '<', until)
}

function byPlace<O>(looked: LookedAt<O>, { rises }: Order): LookedAt<O> {
  const [keys, times] = rises ? (['asc', 'desc'] as const) : (['desc', 'asc'] as const)
  return looked.orderBy('place_key', keys).orderBy('place_at', times).orderBy('place_seq', times)
}
