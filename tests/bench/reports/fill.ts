import { type Kysely, sql } from 'kysely'
import type { Schema } from '../../../signalling/store/schema.ts'

/** When the first ticket was made; the period of the longest report follows. */
export const BEGAN = 1_700_000_000_000
export const DAYS = 93
const DAY = 86_400_000
const GROUPS = 8
const PEOPLE = 50

/**
 * So many tickets in the days of one report, each answered once, with a session of some minutes, and resolved; half of the customers said how
 * it was. Written by the database itself; nothing of it is signed, sealed or chained.
 */
export async function fillReports(db: Kysely<Schema>, count: number): Promise<void> {
  for (let at = 0; at < GROUPS; at += 1) {
    const id = sql`${sql.lit('g'.repeat(21) + at)}`
    await sql`insert into groups (id, name, folded, created_at, assignment) values (${id}, ${sql.lit(`Group ${at}`)}, ${sql.lit(`group ${at}`)}, 0, 'off')`.execute(
      db,
    )
  }
  const span = Math.floor((DAYS * DAY) / count)
  const from = 5_000_000
  for (let at = 0; at < count; at += from) {
    const n = sql`with recursive n(i) as (select ${sql.lit(at)} union all select i + 1 from n where i < ${sql.lit(Math.min(count, at + from) - 1)})`
    const time = sql`${sql.lit(BEGAN)} + cast(i as bigint) * ${sql.lit(span)}`
    const id = (letter: string) =>
      sql`substr(${sql.lit(letter.repeat(22))}, 1, 22 - length(cast(i as text))) || cast(i as text)`
    const group = sql`${sql.lit('g'.repeat(21))} || cast(i % ${sql.lit(GROUPS)} as text)`
    const person = sql`substr(${sql.lit('p'.repeat(20))}, 1, 20) || cast(10 + i % ${sql.lit(PEOPLE)} as text)`
    await sql`insert into tickets (id, lookup, group_id, state, assignee, assigned_at, created_by, created_at, expires_at, ended_at, ended_by, version, filed)
      ${n} select ${id('k')}, '12345', ${group}, 'resolved', ${person}, ${time}, ${person}, ${time}, ${time} + 1000000, ${time} + 60000 + (i % 977) * 1000, ${person}, 3, 0 from n`.execute(
      db,
    )
    await sql`insert into waits (group_id, ticket, arrived_at, answered_at)
      ${n} select ${group}, ${id('k')}, ${time}, ${time} + 1000 + (i % 613) * 100 from n`.execute(db)
    await sql`insert into activity (seq, previous, hash, payload_hash, payload, at, list, what, by_whom, group_id, ticket, session, sort_who, sort_group, sort_kind, sort_duration, sort_end, sort_rating)
      ${n} select i + 1, '', '', '', '{}', ${time} + 2000, 'remote', 'session-began', ${person}, ${group}, ${id('k')}, ${id('s')}, '', '', '', (i % 1201) * 1000 + 1, 'customer', 9 from n`.execute(
      db,
    )
    await sql`insert into ratings (session, ticket, group_id, technician, token_hash, began_at, rated_at, score)
      ${n} select ${id('s')}, ${id('k')}, ${group}, ${person}, '', ${time}, ${time} + 90000, 1 + i % 5 from n where i % 2 = 0`.execute(
      db,
    )
  }
}
