import type { ExpressionBuilder } from 'kysely'
import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import { Time } from '../../protocol/ids.ts'
import { LogSeq, type LogSort } from '../../protocol/log.ts'
import type { Rows } from './log-matching.ts'
import type { Schema } from './schema.ts'

/** Other orders of a list than that of time, and places in them. */

export const COLUMNS = {
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
export type Place = v.InferOutput<typeof Place>

/** The index has a column's rows by it as they rise, and the newest of each first; read from its end, all of that turns round. */
export type Order = { column: Column; rises: boolean }

export function inOrder(rows: Rows, { column, rises }: Order): Rows {
  const [keys, times] = rises ? (['asc', 'desc'] as const) : (['desc', 'asc'] as const)
  return rows.orderBy(column, keys).orderBy('at', times).orderBy('seq', times)
}

/** Where all rows of the time are at hand. */
export function isBehind({ column, rises }: Order, [key, at, seq]: Place) {
  const [further, earlier] = rises ? (['>', '<'] as const) : (['<', '>'] as const)
  return (is: ExpressionBuilder<Schema, 'activity'>) =>
    is.or([
      is(column, further, key),
      is.and([is(column, '=', key), is('at', earlier, at)]),
      is.and([is(column, '=', key), is('at', '=', at), is('seq', earlier, seq)]),
    ])
}

export function placeOf({ at, seq }: Pick<Schema['activity'], 'seq' | 'at'>, key: string | number | null): Place {
  return [key ?? '', Number(at), Number(seq)]
}

const IS_NUMBER = new Set<Column>(['sort_duration', 'sort_rating'])

export function writePlace(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

export function readPlace(text: string, { column }: Order): Place {
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
