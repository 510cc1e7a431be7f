import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import type { OverState, ResolvedSort } from '../../protocol/http.ts'
import { Lookup, TechnicianId, TicketId } from '../../protocol/ids.ts'
import { TICKETS_PAGE } from '../../protocol/limits.ts'
import type { SortOrder } from '../../protocol/log.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import { addGroup } from '../../signalling/store/groups.ts'
import type { Schema } from '../../signalling/store/schema.ts'
import { listTickets } from '../../signalling/store/ticket-pages.ts'
import { toRow } from '../../signalling/store/ticket-rows.ts'
import { fileDetails, findDetails } from '../../signalling/store/tickets.ts'
import { type Desk, kinds, newTicket, openDesk } from './stores.ts'

/** More than two pages, so that a list is left in the middle of a group and of a moment. */
const COUNT = 2 * TICKETS_PAGE + 300

const id = (at: number) => v.parse(TicketId, String((at * 7919) % 100_003).padStart(22, 't'))
const lookup = (at: number) => v.parse(Lookup, String((at * 31) % 100_000).padStart(5, '0'))

/** Of three that are over two were resolved; a few are open. Several ended in the same moment. */
async function fill({ store, group, people }: Desk) {
  const other = (await addGroup(store.db, 'Field', 2)).id
  const [first, second] = people
  if (!first || !second) throw new Error('nobody is there')
  const rows: Schema['tickets'][] = []
  for (let at = 0; at < COUNT; at += 1) {
    const assignee = [first, second, null][at % 3] ?? null
    const ended = 10_000 + Math.floor(at / 5)
    const state: TicketHeader['state'] =
      at % 50 === 0
        ? { kind: 'open', assignee }
        : at % 3 === 1
          ? { kind: 'expired', at: ended, why: 'time', assignee, filed: false }
          : { kind: 'resolved', at: ended, by: first, assignee }
    const header = { ...newTicket(at % 4 === 0 ? other : group, lookup(at)), id: id(at), state }
    rows.push({ ...toRow(header, first), assignee })
  }
  for (let from = 0; from < rows.length; from += 500) {
    await store.db
      .insertInto('tickets')
      .values(rows.slice(from, from + 500))
      .execute()
  }
  return { rows, other }
}

type Asked = { state: OverState; sort: ResolvedSort; order: SortOrder; groups?: Desk['group'][] }

async function walk({ store }: Desk, { state, sort, order, groups }: Asked) {
  const seen: TicketHeader[] = []
  let after: string | undefined
  do {
    const page = await listTickets(store, { state, sort, order }, groups, after)
    expect(page.tickets.length).toBeLessThanOrEqual(TICKETS_PAGE)
    seen.push(...page.tickets)
    expect(seen.length, `${state} ${sort} ${order} ${groups} ${after} ${page.next}`).toBeLessThanOrEqual(COUNT)
    after = page.next ?? undefined
  } while (after !== undefined)
  return seen.map(({ id }) => id)
}

describe.each(kinds)('$name', ({ place }) => {
  test('L4 tickets that are over are each once, in each order, page by page, the resolved and the expired ones apart and together', async () => {
    const desk = await openDesk(await place(), 2)
    const { rows, other } = await fill(desk)
    const nameOf = { [desk.group]: 'support', [other]: 'field' }
    const people = new Map(desk.people.map((person, at) => [person, `person ${at}`]))
    const keys: Record<ResolvedSort, (row: Schema['tickets']) => string> = {
      time: () => '',
      code: ({ lookup }) => lookup,
      group: ({ group_id }) => nameOf[group_id] ?? '',
      assignee: ({ assignee }) => (assignee ? (people.get(assignee) ?? '') : ''),
    }
    const wanted = ({ state, sort, order, groups }: Asked) => {
      const fits = rows.filter((row) => {
        return (
          (state === 'over' ? row.state !== 'open' : row.state === state) && groups?.includes(row.group_id) !== false
        )
      })
      const keyOf = keys[sort]
      const newest = (one: Schema['tickets'], next: Schema['tickets']) =>
        Number(next.ended_at) - Number(one.ended_at) || (one.id < next.id ? 1 : -1)
      const rising = (one: Schema['tickets'], next: Schema['tickets']) => {
        const [a, b] = [keyOf(one), keyOf(next)]
        if (a !== b) return a < b ? -1 : 1
        return sort === 'code' ? (one.id < next.id ? -1 : 1) : newest(one, next)
      }
      const sorted = fits.sort(rising)
      const turned = order === 'descending' && sort !== 'time' ? sorted.toReversed() : sorted
      return (sort === 'time' && order === 'ascending' ? turned.toReversed() : turned).map(({ id }) => id)
    }
    for (const state of ['resolved', 'expired', 'over'] as const) {
      for (const sort of ['time', 'code', 'group', 'assignee'] as const) {
        for (const order of ['ascending', 'descending'] as const) {
          for (const groups of [undefined, [desk.group]]) {
            const asked = { state, sort, order, ...(groups && { groups }) }
            const seen = await walk(desk, asked)
            expect(seen.length, JSON.stringify(asked)).toBeGreaterThan(300)
            // As text: a difference in so long a list is slow to tell.
            expect(seen.join() === wanted(asked).join(), JSON.stringify(asked)).toBe(true)
          }
        }
      }
    }
  })

  test('L7 the details of a ticket that expired come to rest on its row once, those of another state do not', async () => {
    const desk = await openDesk(await place(), 1)
    const { store, group, people } = desk
    const by = v.parse(TechnicianId, people[0])
    const base = newTicket(group, '12345')
    const expired = { ...base, state: { kind: 'expired', at: 5, why: 'time', assignee: by, filed: false } } as const
    await store.db.insertInto('tickets').values(toRow(expired, by)).execute()
    expect((await fileDetails(store, { ...expired, group: id(1) as never }, 'AAAA' as never))?.state).toBeUndefined()
    expect((await fileDetails(store, expired, 'BBBB' as never))?.state).toMatchObject({ kind: 'expired', filed: true })
    expect(await fileDetails(store, expired, 'CCCC' as never)).toBeUndefined()
    expect(await findDetails(store, expired.id)).toEqual({ kind: 'group', sealed: 'BBBB' })
    const open = newTicket(group, '54321')
    await store.db.insertInto('tickets').values(toRow(open, by)).execute()
    expect(await fileDetails(store, open, 'DDDD' as never)).toBeUndefined()
    expect(await findDetails(store, open.id)).toBeNull()
  })
})
