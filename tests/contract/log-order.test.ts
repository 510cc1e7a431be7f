import { sql } from 'kysely'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { GroupId, Lookup, TechnicianId, TicketId } from '../../protocol/ids.ts'
import { type LogQuery, type LogRow, LogSessionId } from '../../protocol/log.ts'
import { verifyLog } from '../../signalling/log/verify.ts'
import { type LogEntry, readLogHead, writeLog } from '../../signalling/store/log.ts'
import { logBatches } from '../../signalling/store/log-batches.ts'
import { readLog } from '../../signalling/store/log-pages.ts'
import type { Store } from '../../signalling/store/store.ts'
import { rowsOf, timeOf } from '../bench/log/rows.ts'
import { kinds } from './stores.ts'

/** More than are looked at in one statement, and more than a time may have that is put in order as it is asked for. */
const ROWS = 11_000

const admin = { id: v.parse(TechnicianId, 'a'.repeat(22)), admin: true, groups: [] }

async function fill({ db }: Store) {
  for (const { rows, head } of rowsOf(ROWS, 500)) {
    await db.insertInto('activity').values(rows).execute()
    await db.updateTable('activity_head').set(head).execute()
  }
}

async function walk({ db }: Store, query: Partial<LogQuery>) {
  const seen: LogRow[] = []
  let cursor: string | undefined
  do {
    const page = await readLog(db, 'web', admin, { sort: 'who', order: 'ascending', limit: 900, ...query, cursor })
    seen.push(...page.rows)
    cursor = page.next ?? undefined
  } while (cursor)
  return seen
}

const nameOf = ({ by }: LogRow) => (by.kind === 'technician' ? by.name.toLowerCase() : '')
const groupOf = ({ group }: LogRow) => group?.name.toLowerCase() ?? ''

/** As it must be. */
function inOrder(rows: readonly LogRow[], keyOf: (row: LogRow) => string) {
  const sorted = rows.toSorted((one, other) => {
    const [a, b] = [keyOf(one), keyOf(other)]
    return a === b ? other.seq - one.seq : a < b ? -1 : 1
  })
  return sorted.map(({ seq }) => seq)
}

describe.each(kinds)('$name', ({ place }) => {
  test('L1 a long log in another order has each row once, whoever and whenever is asked for', async () => {
    const { open } = await place()
    const store = await open()
    await fill(store)
    const all = await walk(store, { sort: 'time' })
    expect(all).toHaveLength(ROWS)
    const seqs = (rows: readonly LogRow[]) => rows.map(({ seq }) => seq)
    expect(seqs(await walk(store, {}))).toEqual(inOrder(all, nameOf))
    expect(seqs(await walk(store, { order: 'descending', sort: 'group' }))).toEqual(inOrder(all, groupOf).toReversed())
    // Of one group, by technician: found window after window.
    const group = v.parse(GroupId, all.find(({ group: one }) => one)?.group?.id)
    const ofGroup = all.filter(({ group: one }) => one?.id === group)
    expect(seqs(await walk(store, { group, limit: 70 }))).toEqual(inOrder(ofGroup, nameOf))
    // A time with many rows, and one with few.
    for (const from of [timeOf(100), timeOf(ROWS - 2_000)]) {
      const late = all.filter(({ at }) => at >= from)
      expect(seqs(await walk(store, { from })), String(from)).toEqual(inOrder(late, nameOf))
    }
    const search = await walk(store, { search: 'technician 7', sort: 'group', limit: 50 })
    expect(seqs(search)).toEqual(inOrder(search, groupOf))
    expect(search.length).toBeGreaterThan(ROWS / 60)
  }, 60_000)

  test('L2 sessions are in order by what came of them', async () => {
    const { open } = await place()
    const store = await open()
    await writeSessions(store)
    expect(await sessionsBy(store, 'duration', 'descending')).toEqual(['c', 'a', 'd', 'b', 'e'])
    expect(await sessionsBy(store, 'rating', 'ascending')).toEqual(['c', 'a', 'e', 'd', 'b'])
    expect(await sessionsBy(store, 'end', 'ascending')).toEqual(['e', 'd', 'a', 'b', 'c'])
  })

  test('L1 L6 a name that is longer than the order looks at is in its place, and verifies as a copy', async () => {
    const { open } = await place()
    const { db } = await open()
    for (const [name, at] of [
      [`${'x'.repeat(79)}🛟🛟`, 1],
      ['漢字', 2],
    ] as const) {
      const group = { id: v.parse(GroupId, 'g'.repeat(22)), name }
      await writeLog(db, { at, by: { kind: 'server' }, group, event: { what: 'group-created' } })
    }
    for (const order of ['ascending', 'descending'] as const) {
      const first = await readLog(db, 'web', admin, { sort: 'group', order, limit: 1 })
      const { rows } = await readLog(db, 'web', admin, { sort: 'group', order, limit: 1, cursor: first.next ?? '' })
      expect([first.rows[0]?.group?.name, rows[0]?.group?.name].sort()).toEqual([`${'x'.repeat(79)}🛟🛟`, '漢字'])
    }
    expect(await verifyLog(logBatches(db), await readLogHead(db))).toMatchObject({ kind: 'sound', rows: 2 })
  })

  test('L1 L2 L6 a log from before there was an order gets it with the update, and is as it was', async () => {
    const { open } = await place()
    const before = await open()
    for (const { rows, head } of rowsOf(1_200, 500)) {
      await before.db.insertInto('activity').values(rows).execute()
      await before.db.updateTable('activity_head').set(head).execute()
    }
    await writeSessions(before)
    const wanted = await orderOf(before)
    for (const name of ['who', 'group', 'kind', 'duration', 'end', 'rating']) {
      await sql`drop index ${sql.id(`activity_sort_${name}`)}`.execute(before.db)
      await sql`alter table activity drop column ${sql.id(`sort_${name}`)}`.execute(before.db)
    }
    for (const name of ['tickets_code', 'tickets_group_ended']) await before.db.schema.dropIndex(name).execute()
    await before.db.schema.dropTable('rating_setting').execute()
    // What came with later updates, which come again.
    await before.db.schema.dropIndex('tickets_made').execute()
    await before.db.schema.alterTable('tickets').dropColumn('filed').execute()
    await sql`delete from kysely_migration where name >= '024'`.execute(before.db)
    await before.close()
    const after = await open()
    expect(await orderOf(after)).toEqual(wanted)
    expect(await verifyLog(logBatches(after.db), await readLogHead(after.db))).toMatchObject({ kind: 'sound' })
  })
})

async function orderOf({ db }: Store) {
  return await db
    .selectFrom('activity')
    .select(['seq', 'sort_who', 'sort_group', 'sort_kind', 'sort_duration', 'sort_end', 'sort_rating'])
    .orderBy('seq')
    .execute()
}

/** Named by a letter, a second apart: how long it was, how it ended, what was thought of it. */
const SESSIONS = [
  ['a', 50, 'customer', 5],
  ['b', 10, 'lost', null],
  ['c', 90, 'technician', 4],
  ['d', 50, 'customer', null],
  ['e', null, null, null],
] as const

async function writeSessions({ db }: Store) {
  for (const [at, [letter, durationMs, why, score]] of SESSIONS.entries()) {
    const session = v.parse(LogSessionId, letter.repeat(22))
    const ticket = { id: v.parse(TicketId, letter.repeat(22)), lookup: v.parse(Lookup, '12345') }
    const of = { at: 1_000 * at, by: { kind: 'server' }, ticket, session } as const
    const later = (event: LogEntry['event']) => writeLog(db, { ...of, list: 'session', event })
    await writeLog(db, { ...of, list: 'remote', event: { what: 'session-began' } })
    if (why) await later({ what: 'session-ended', began: 0, durationMs, why })
    if (score) await later({ what: 'rated', score })
  }
}

async function sessionsBy({ db }: Store, sort: LogQuery['sort'], order: LogQuery['order']) {
  const letters: string[] = []
  let cursor: string | undefined
  do {
    const page = await readLog(db, 'remote', admin, { sort, order, limit: 2, cursor })
    letters.push(...page.rows.map(({ session }) => session?.[0] ?? ''))
    cursor = page.next ?? undefined
  } while (cursor)
  return letters
}
