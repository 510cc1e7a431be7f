import type { Kysely, SelectQueryBuilder } from 'kysely'
import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import { foldGroupName } from '../../protocol/group-name.ts'
import type { ResolvedSort } from '../../protocol/http.ts'
import { type GroupId, Lookup, type TechnicianId, TicketId, Time } from '../../protocol/ids.ts'
import { TICKETS_PAGE } from '../../protocol/limits.ts'
import type { SortOrder } from '../../protocol/log.ts'
import type { Schema } from './schema.ts'

export type Tickets = SelectQueryBuilder<Schema, 'tickets', object>
type Row = Schema['tickets']
type Page = { rows: Row[]; next: string | null }
type Ask = {
  /** Of one state each. */
  tickets: readonly Tickets[]
  /** Those of the tickets; undefined: all. A page names no other, not even as the place where it ended. */
  groups: readonly GroupId[] | undefined
  order: SortOrder
  after: string | undefined
}

/** So many groups or technicians are looked through for one page, which may be short then. */
const MOST_RANKS = 200

/**
 * The first of several lists that are in this order. Each is found by an index of its own: over all at once, everything that is left would be
 * put in order for each page.
 */
export async function together(
  db: Kysely<Schema>,
  lists: readonly SelectQueryBuilder<Schema, 'tickets', Row>[],
  most: number,
  columns: readonly (keyof Row)[],
  direction: 'asc' | 'desc',
): Promise<Row[]> {
  const [first, ...others] = lists.map((list) => db.selectFrom(list.as('tickets')).selectAll())
  if (!first) return []
  let all = db.selectFrom(others.reduce((some, one) => some.unionAll(one), first).as('tickets')).selectAll()
  for (const column of columns) all = all.orderBy(column, direction)
  return await all.limit(most).execute()
}

/** One page of tickets that are over in another order than that of time. @throws RefusedError `malformed` for a cursor that none of these pages gave */
export async function listSorted(db: Kysely<Schema>, sort: Exclude<ResolvedSort, 'time'>, ask: Ask): Promise<Page> {
  if (sort === 'code') return await byCode(db, ask)
  return await byRank(db, sort === 'group' ? 'group_id' : 'assignee', await ranksOf(db, sort, ask.groups), ask)
}

const CodePlace = v.strictTuple([Lookup, TicketId])

async function byCode(db: Kysely<Schema>, { tickets, order, after }: Ask): Promise<Page> {
  const [toward, beyond, direction] =
    order === 'ascending' ? (['>=', '>', 'asc'] as const) : (['<=', '<', 'desc'] as const)
  const place = after === undefined ? undefined : read(CodePlace, after.split('.'))
  const lists = tickets.map((query) => {
    // The first of the two is what an index finds.
    const rest = place
      ? query
          .where('lookup', toward, place[0])
          .where((is) => is.or([is('lookup', beyond, place[0]), is('id', beyond, place[1])]))
      : query
    return rest
      .selectAll()
      .orderBy('lookup', direction)
      .orderBy('id', direction)
      .limit(TICKETS_PAGE + 1)
  })
  const rows = await together(db, lists, TICKETS_PAGE + 1, ['lookup', 'id'], direction)
  const page = rows.slice(0, TICKETS_PAGE)
  const last = page.at(-1)
  return { rows: page, next: rows.length > TICKETS_PAGE && last ? `${last.lookup}.${last.id}` : null }
}

/** Groups or technicians in the order of their names; nobody is before all of them. */
async function ranksOf(db: Kysely<Schema>, sort: 'group' | 'assignee', groups: Ask['groups']): Promise<Rank[]> {
  if (sort === 'group') {
    const named = db.selectFrom('groups').select(['id', 'name'])
    return byName(await (groups ? named.where('id', 'in', groups) : named).execute())
  }
  return [null, ...byName(await db.selectFrom('user').select(['id', 'name']).execute())]
}

type Rank = GroupId | TechnicianId | null

function byName<Id extends string>(named: readonly { id: Id; name: string }[]): Id[] {
  const folded = named.map(({ id, name }) => ({ id, name: foldGroupName(name) }))
  folded.sort((one, other) => compare(one.name, other.name) || compare(one.id, other.id))
  return folded.map(({ id }) => id)
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)

/** A rank, and in it, unless it is only about to begin, a ticket. */
const RankPlace = v.union([
  v.pipe(
    v.strictTuple([v.string()]),
    v.transform(([rank]) => ({ rank, ticket: undefined })),
  ),
  v.pipe(
    v.strictTuple([v.string(), v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number), Time), TicketId]),
    v.transform(([rank, time, id]) => ({ rank, ticket: { time, id } })),
  ),
])

/** One rank after the other, the newest in each first; where the order descends all of that turns round. */
async function byRank(
  db: Kysely<Schema>,
  column: 'group_id' | 'assignee',
  ranks: Rank[],
  { tickets, order, after }: Ask,
): Promise<Page> {
  const rises = order === 'ascending'
  const ranked = rises ? ranks : ranks.toReversed()
  const place = after === undefined ? undefined : read(RankPlace, after.split('.'))
  const begin = place ? ranked.findIndex((rank) => (rank ?? '') === place.rank) : 0
  if (begin < 0) throw new RefusedError({ code: 'malformed', about: 'cursor' })
  const found: Row[] = []
  for (let at = begin; at < ranked.length; at += 1) {
    const now = ranked[at] ?? null
    if (at - begin >= MOST_RANKS) return { rows: found, next: now ?? '' }
    const behind = at === begin ? place?.ticket : undefined
    const direction = rises ? 'desc' : 'asc'
    const wanted = TICKETS_PAGE + 1 - found.length
    const lists = tickets.map((all) => {
      let query = now === null ? all.where(column, 'is', null) : all.where(column, '=', now)
      if (behind) {
        const { time, id } = behind
        const [toward, beyond] = rises ? (['<=', '<'] as const) : (['>=', '>'] as const)
        query = query
          .where('ended_at', toward, time)
          .where((is) => is.or([is('ended_at', beyond, time), is('id', beyond, id)]))
      }
      return query.selectAll().orderBy('ended_at', direction).orderBy('id', direction).limit(wanted)
    })
    found.push(...(await together(db, lists, wanted, ['ended_at', 'id'], direction)))
    const last = found[TICKETS_PAGE - 1]
    if (found.length > TICKETS_PAGE && last) {
      return { rows: found.slice(0, TICKETS_PAGE), next: `${last[column] ?? ''}.${last.ended_at}.${last.id}` }
    }
  }
  return { rows: found, next: null }
}

function read<S extends v.GenericSchema>(schema: S, place: readonly string[]): v.InferOutput<S> {
  const result = v.safeParse(schema, place)
  if (!result.success) throw new RefusedError({ code: 'malformed', about: 'cursor' })
  return result.output
}
