import { sql } from 'kysely'
import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import type { OverState, ResolvedSort } from '../../protocol/http.ts'
import { type GroupId, type Lookup, type TechnicianId, TicketId, Time } from '../../protocol/ids.ts'
import { TICKETS_PAGE } from '../../protocol/limits.ts'
import type { SortOrder } from '../../protocol/log.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import { listSorted, type Tickets, together } from './resolved-sorted.ts'
import type { Store } from './store.ts'
import { toTickets } from './ticket-rows.ts'

/** Where a page ended: the time by which the list is ordered, and the ticket. */
const Cursor = v.strictTuple([Time, TicketId])
type Cursor = v.InferOutput<typeof Cursor>

/**
 * `open`: with those that expired since `since`, the newest first. Else those that are over: of a group, of an assignee, ended from `from` on
 * and before `until`, with this code; in this order.
 */
export type Listed = { state: 'open'; since: Time } | ({ state: OverState } & Over)

type Over = {
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
  const over = listed.state === 'open' ? [] : STATES[listed.state].map((state) => tickets.where('state', '=', state))
  if (listed.state !== 'open' && listed.sort !== 'time') {
    const ask = { tickets: over.map((one) => chosen(one, listed)), groups, order: listed.order, after }
    const { rows, next } = await listSorted(db, listed.sort, ask)
    return { tickets: await toTickets(db, rows), next }
  }
  const column = listed.state === 'open' ? 'created_at' : 'ended_at'
  const cursor = after === undefined ? undefined : readCursor(after)
  const order = listed.state === 'open' ? 'descending' : listed.order
  const parts =
    listed.state === 'open'
      ? [inOrder(tickets.where('state', '=', 'open'), column, cursor), ofLate(tickets, listed.since, cursor)]
      : over.map((one) => inOrder(chosen(one, listed), column, cursor, order))
  const direction = order === 'descending' ? 'desc' : 'asc'
  const rows = await together(db, parts, TICKETS_PAGE + 1, [column, 'id'], direction)
  const page = rows.slice(0, TICKETS_PAGE)
  const last = page.at(-1)
  const more = rows.length > TICKETS_PAGE && last
  return { tickets: await toTickets(db, page), next: more ? writeCursor([last[column] ?? 0, last.id]) : null }
}

const STATES: Record<OverState, readonly ('resolved' | 'expired')[]> = {
  resolved: ['resolved'],
  expired: ['expired'],
  over: ['resolved', 'expired'],
}

function chosen(tickets: Tickets, { group, assignee, from, until, lookup }: Over): Tickets {
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
