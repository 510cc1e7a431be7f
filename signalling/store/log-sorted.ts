import { setImmediate } from 'node:timers/promises'
import type { ExpressionBuilder, Kysely } from 'kysely'
import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import { Time } from '../../protocol/ids.ts'
import { type LogList, type LogQuery, type LogRow, LogSeq, type LogSort } from '../../protocol/log.ts'
import type { Person } from '../tickets/rights.ts'
import { matching, type Rows, seesAll, within } from './log-matching.ts'
import type { LogPage } from './log-pages.ts'
import { readRow } from './log-row.ts'
import type { Schema } from './schema.ts'

/** A time with so few rows is put in order as it is asked for; in a longer one, an index has the order. */
const FEW = 10_000
/** So many rows are looked at in one statement, and so many statements for one page: the first is small, since most pages are found in it. */
const FIRST_WINDOW = 500
const WINDOW = 5_000
const WINDOWS = 20

const COLUMNS = {
  who: 'sort_who',
  kind: 'sort_kind',
  group: 'sort_group',
  duration: 'sort_duration',
  end: 'sort_end',
  rating: 'sort_rating',
} as const satisfies Record<Exclude<LogSort, 'time'>, keyof Schema['activity']>
type Column = (typeof COLUMNS)[keyof typeof COLUMNS]

/** Where a page ended: the column, then the time and the number of the row. */
const Place = v.tuple([v.union([v.string(), v.number()]), Time, LogSeq])
type Place = v.InferOutput<typeof Place>

/** The index has a column's rows by it as they rise, and the newest of each first; read from its end, all of that turns round. */
type Order = { column: Column; rises: boolean }

type Sorted = LogQuery & { sort: keyof typeof COLUMNS }
type List = Exclude<LogList, 'session'>

/** One page of a list in another order than that of time. @throws RefusedError `malformed` for a cursor that none of these pages gave */
export async function readSorted(db: Kysely<Schema>, list: List, reader: Person, query: Sorted): Promise<LogPage> {
  const { limit, cursor } = query
  const order = { column: COLUMNS[query.sort], rises: query.order === 'ascending' }
  const after = cursor === undefined ? undefined : readPlace(cursor, order)
  const rows = db.selectFrom('activity').where('list', '=', list)
  const few = await hasFew(within(rows, query), query)
  const matches = matching(reader, query)
  const found: Found[] = []
  let place = after
  for (let window = 0; window < WINDOWS; window += 1) {
    const wanted = limit + 1 - found.length
    const all = !few && seesAll(reader, query) && !isBounded(query)
    const size = all ? wanted : window === 0 ? FIRST_WINDOW : WINDOW
    const looked = few
      ? within(rows, query).selectAll().limit(FEW)
      : ahead(db, rows.where(order.column, 'is not', null), order, place, size)
    const here = within(db.selectFrom(looked.as('activity')), query).where(matches)
    const page = await inOrder(few && place ? here.where(isBehind(order, place)) : here, order)
      .select(['seq', 'payload', 'at', order.column])
      .limit(wanted)
      .execute()
    found.push(...page.map((row) => ({ row: readRow(row), place: placeOf(row, order) })))
    if (found.length > limit) return pageOf(found.slice(0, limit), true)
    const edge = few ? undefined : await edgeOf(db, looked, order, size)
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

/** So many rows in order behind the place. Each of the two parts is a range of the index: of one condition over both, a database reads what is before it, too. */
function ahead(db: Kysely<Schema>, rows: Rows, order: Order, place: Place | undefined, size: number) {
  if (!place) return inOrder(rows, order).selectAll().limit(size)
  const [key, at, seq] = place
  const same = rows
    .where(order.column, '=', key)
    .where('at', order.rises ? '<=' : '>=', at)
    .where((is) => is.or([is('at', order.rises ? '<' : '>', at), is('seq', order.rises ? '<' : '>', seq)]))
  const other = rows.where(order.column, order.rises ? '>' : '<', key)
  const part = (of: Rows, name: 'same' | 'other') => inOrder(of, order).selectAll().limit(size).as(name)
  const both = db
    .selectFrom(part(same, 'same'))
    .selectAll()
    .unionAll(db.selectFrom(part(other, 'other')).selectAll())
  return inOrder(db.selectFrom(both.as('activity')), order)
    .selectAll()
    .limit(size)
}

/** The last of so many rows; undefined where there are fewer. */
async function edgeOf(db: Kysely<Schema>, looked: ReturnType<typeof ahead>, order: Order, size: number) {
  const row = await inOrder(db.selectFrom(looked.as('activity')), order)
    .select(['seq', 'at', order.column])
    .limit(1)
    .offset(size - 1)
    .executeTakeFirst()
  return row && placeOf(row, order)
}

function inOrder(rows: Rows, { column, rises }: Order): Rows {
  const [keys, times] = rises ? (['asc', 'desc'] as const) : (['desc', 'asc'] as const)
  return rows.orderBy(column, keys).orderBy('at', times).orderBy('seq', times)
}

/** Where all rows of the time are at hand. */
function isBehind({ column, rises }: Order, [key, at, seq]: Place) {
  const [further, earlier] = rises ? (['>', '<'] as const) : (['<', '>'] as const)
  return (is: ExpressionBuilder<Schema, 'activity'>) =>
    is.or([
      is(column, further, key),
      is.and([is(column, '=', key), is('at', earlier, at)]),
      is.and([is(column, '=', key), is('at', '=', at), is('seq', earlier, seq)]),
    ])
}

type PlaceRow = Pick<Schema['activity'], 'seq' | 'at'> & Partial<Record<Column, string | number | null>>

function placeOf(row: PlaceRow, { column }: Order): Place {
  const key = row[column] ?? ''
  // PostgreSQL gives large numbers as text.
  return [IS_NUMBER.has(column) ? Number(key) : key, Number(row.at), Number(row.seq)]
}

const IS_NUMBER = new Set<Column>(['sort_duration', 'sort_rating'])

function writePlace(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

function readPlace(text: string, { column }: Order): Place {
  const read = v.safeParse(Place, parse(Buffer.from(text, 'base64url').toString()))
  const fits = read.success && (typeof read.output[0] === 'number') === IS_NUMBER.has(column)
  if (!fits) throw new RefusedError({ code: 'malformed', about: 'cursor' })
  return read.output
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
