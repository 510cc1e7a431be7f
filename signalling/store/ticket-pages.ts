import { type SelectQueryBuilder, sql } from 'kysely'
import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import type { ResolvedSort } from '../../protocol/http.ts'
import { type GroupId, type Lookup, type TechnicianId, TicketId, Time } from '../../protocol/ids.ts'
import { TICKETS_PAGE } from '../../protocol/limits.ts'
import type { SortOrder } from '../../protocol/log.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import { listSorted } from './resolved-sorted.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'
import { toTickets } from './ticket-rows.ts'

/** Where a page ended: the time by which the list is ordered, and the ticket. */
const Cursor = v.tuple([Time, TicketId])
type Cursor = v.InferOutput<typeof Cursor>

/**
 * `open`: with those that expired since `since`, the newest first. `resolved`: those of a group, of an assignee, resolved from `from` on and
 * before `until`, with this code; in this order.
 */
export type Listed = { state: 'open'; since: Time } | ({ state: 'resolved' } & Resolved)

type Resolved = {
  group?: GroupId | undefined
  assignee?: TechnicianId | undefined
  from?: Time | undefined
  until?: Time | undefined
  /** The first half of the code. */
  lookup?: Lookup | undefined
  sort: ResolvedSort
  order: SortOrder
}

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
  const tickets = groups ? db.selectFrom('tickets').where('group_id', 'in', groups) : db.selectFrom('tickets')
  if (listed.state === 'resolved' && listed.sort !== 'time') {
    const ask = { tickets: chosen(tickets.where('state', '=', 'resolved'), listed), groups, order: listed.order, after }
    const { rows, next } = await listSorted(db, listed.sort, ask)
    return { tickets: await toTickets(db, rows), next }
  }
  const column = listed.state === 'open' ? 'created_at' : 'ended_at'
  const cursor = after === undefined ? undefined : readCursor(after)
  const query =
    listed.state === 'open'
      ? // Each by an index of its own: over both at once, all that is left would be put in order for each page.
        db
          .selectFrom(
            db
              .selectFrom(inOrder(tickets.where('state', '=', 'open'), column, cursor).as('open'))
              .selectAll()
              .unionAll(db.selectFrom(ofLate(tickets, listed.since, cursor).as('expired')).selectAll())
              .as('tickets'),
          )
          .selectAll()
          .orderBy(column, 'desc')
          .orderBy('id', 'desc')
          .limit(TICKETS_PAGE + 1)
      : inOrder(chosen(tickets.where('state', '=', 'resolved'), listed), column, cursor, listed.order)
  const rows = await query.execute()
  const page = rows.slice(0, TICKETS_PAGE)
  const last = page.at(-1)
  const more = rows.length > TICKETS_PAGE && last
  return { tickets: await toTickets(db, page), next: more ? writeCursor([last[column] ?? 0, last.id]) : null }
}

type Tickets = SelectQueryBuilder<Schema, 'tickets', object>

function chosen(tickets: Tickets, { group, assignee, from, until, lookup }: Resolved): Tickets {
  let query = tickets
  if (lookup !== undefined) query = query.where('lookup', '=', lookup)
  if (group !== undefined) query = query.where('group_id', '=', group)
  if (assignee !== undefined) query = query.where('assignee', '=', assignee)
  if (from !== undefined) query = query.where('ended_at', '>=', from)
  return until === undefined ? query : query.where('ended_at', '<', until)
}

function inOrder(
  tickets: Tickets,
  column: 'created_at' | 'ended_at',
  cursor: Cursor | undefined,
  order: SortOrder = 'descending',
) {
  const [toward, beyond, direction] =
    order === 'descending' ? (['<=', '<', 'desc'] as const) : (['>=', '>', 'asc'] as const)
  let query = tickets
  if (cursor) {
    const [time, id] = cursor
    // The first of the two is what an index finds.
    query = query.where(column, toward, time).where((is) => is.or([is(column, beyond, time), is('id', beyond, id)]))
  }
  return query
    .selectAll()
    .orderBy(column, direction)
    .orderBy('id', direction)
    .limit(TICKETS_PAGE + 1)
}

/** What expired since then, which is found by its end: by its beginning, all that ever expired would be looked at. */
function ofLate(tickets: Tickets, since: Time, cursor: Cursor | undefined) {
  const createdAt = sql<Time>`+${sql.ref('created_at')}`
  let query = tickets.where('state', '=', 'expired').where('ended_at', '>', since)
  if (cursor) {
    const [time, id] = cursor
    query = query.where((is) =>
      is.or([is(createdAt, '<', time), is.and([is(createdAt, '=', time), is('id', '<', id)])]),
    )
  }
  return query
    .selectAll()
    .orderBy(createdAt, 'desc')
    .orderBy('id', 'desc')
    .limit(TICKETS_PAGE + 1)
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
