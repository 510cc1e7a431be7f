import type { SelectQueryBuilder } from 'kysely'
import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import { type GroupId, TicketId, Time } from '../../protocol/ids.ts'
import { TICKETS_PAGE } from '../../protocol/limits.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import type { Schema } from './schema.ts'
import type { Store } from './sqlite.ts'
import { toTickets } from './tickets.ts'

/** Where a page ended: the time by which the list is ordered, and the ticket. */
const Cursor = v.tuple([Time, TicketId])
type Cursor = v.InferOutput<typeof Cursor>

/** `open`: with those that expired since `since`, the newest first. `resolved`: the last resolved first. */
export type Listed = { state: 'open'; since: Time } | { state: 'resolved' }

export type TicketPage = { tickets: TicketHeader[]; next: string | null }

/**
 * One page of the tickets of these groups.
 * @param groups undefined: of all
 * @param after `next` of the page before
 * @throws RefusedError `malformed` for a cursor that none of these pages gave.
 */
export async function listTickets(
  { db }: Pick<Store, 'db'>,
  listed: Listed,
  groups: readonly GroupId[] | undefined,
  after: string | undefined,
): Promise<TicketPage> {
  if (groups?.length === 0) return { tickets: [], next: null }
  const column = listed.state === 'open' ? 'created_at' : 'ended_at'
  let query: SelectQueryBuilder<Schema, 'tickets', object> = db.selectFrom('tickets')
  query =
    listed.state === 'open'
      ? query.where((is) =>
          is.or([is('state', '=', 'open'), is.and([is('state', '=', 'expired'), is('ended_at', '>', listed.since)])]),
        )
      : query.where('state', '=', 'resolved')
  if (groups) query = query.where('group_id', 'in', groups)
  if (after !== undefined) {
    const [time, id] = readCursor(after)
    query = query.where((is) => is.or([is(column, '<', time), is.and([is(column, '=', time), is('id', '<', id)])]))
  }
  const rows = await query
    .selectAll()
    .orderBy(column, 'desc')
    .orderBy('id', 'desc')
    .limit(TICKETS_PAGE + 1)
    .execute()
  const page = rows.slice(0, TICKETS_PAGE)
  const last = page.at(-1)
  const more = rows.length > TICKETS_PAGE && last
  return { tickets: await toTickets(db, page), next: more ? writeCursor([last[column] ?? 0, last.id]) : null }
}

function writeCursor([time, id]: Cursor): string {
  return `${time}.${id}`
}

function readCursor(text: string): Cursor {
  const dot = text.indexOf('.')
  const read = v.safeParse(Cursor, [Number(text.slice(0, dot)), text.slice(dot + 1)])
  if (!read.success) throw new RefusedError({ code: 'malformed', about: 'cursor' })
  return read.output
}
