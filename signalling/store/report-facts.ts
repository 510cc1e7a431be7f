import type { Kysely } from 'kysely'
import type { GroupId, Time } from '../../protocol/ids.ts'
import type { Fact } from '../reports/figures.ts'
import { readRow } from './log-row.ts'
import type { Schema } from './schema.ts'

/** `groups`: of these alone; undefined: of all. `from` ≤ what happened < `until`. */
type Asked = { groups: readonly GroupId[] | undefined; from: Time; until: Time }

/** What happened in a period, for a report. */
export async function listFacts(db: Kysely<Schema>, asked: Asked): Promise<Fact[]> {
  if (asked.groups?.length === 0) return []
  const parts = await Promise.all([created, resolved, sessions, waits, ratings].map((list) => list(db, asked)))
  return parts.flat()
}

async function created(db: Kysely<Schema>, { groups, from, until }: Asked): Promise<Fact[]> {
  const rows = await db
    .selectFrom('tickets')
    .select(['created_at', 'group_id', 'assignee'])
    .where('created_at', '>=', from)
    .where('created_at', '<', until)
    .$if(groups !== undefined, (query) => query.where('group_id', 'in', groups ?? []))
    .execute()
  return rows.map(({ created_at: at, group_id: group, assignee: technician }) => {
    return { kind: 'created', at, group, technician }
  })
}

async function resolved(db: Kysely<Schema>, { groups, from, until }: Asked): Promise<Fact[]> {
  const rows = await db
    .selectFrom('tickets')
    .select(['created_at', 'ended_at', 'group_id', 'assignee'])
    .where('state', '=', 'resolved')
    .where('ended_at', '>=', from)
    .where('ended_at', '<', until)
    .$if(groups !== undefined, (query) => query.where('group_id', 'in', groups ?? []))
    .execute()
  return rows.map(({ created_at, ended_at, group_id: group, assignee: technician }) => {
    const at = ended_at ?? created_at
    return { kind: 'resolved', at, group, technician, tookMs: at - created_at }
  })
}

async function sessions(db: Kysely<Schema>, { groups, from, until }: Asked): Promise<Fact[]> {
  const rows = await db
    .selectFrom('activity as began')
    .leftJoin('activity as end', (join) =>
      join.onRef('end.session', '=', 'began.session').on('end.what', '=', 'session-ended'),
    )
    .select(['began.at', 'began.group_id', 'began.by_whom', 'end.seq', 'end.payload'])
    .where('began.list', '=', 'remote')
    .where('began.at', '>=', from)
    .where('began.at', '<', until)
    .$if(groups !== undefined, (query) => query.where('began.group_id', 'in', groups ?? []))
    .execute()
  return rows.flatMap(({ at, group_id: group, by_whom: technician, seq, payload }) => {
    if (at === null || group === null) return []
    const event = seq === null ? undefined : readRow({ seq, payload })?.event
    return [
      { kind: 'session', at, group, technician, durationMs: event?.what === 'session-ended' ? event.durationMs : null },
    ]
  })
}

async function waits(db: Kysely<Schema>, { groups, from, until }: Asked): Promise<Fact[]> {
  const rows = await db
    .selectFrom('waits')
    .innerJoin('tickets', 'tickets.id', 'waits.ticket')
    .select(({ exists, selectFrom }) => [
      'waits.arrived_at',
      'waits.answered_at',
      'waits.group_id',
      'tickets.assignee',
      exists(
        selectFrom('waits as before')
          .select('before.ticket')
          .whereRef('before.ticket', '=', 'waits.ticket')
          .whereRef('before.answered_at', '<', 'waits.answered_at'),
      ).as('again'),
    ])
    .where('waits.answered_at', '>=', from)
    .where('waits.answered_at', '<', until)
    .$if(groups !== undefined, (query) => query.where('waits.group_id', 'in', groups ?? []))
    .execute()
  return rows.map(({ arrived_at, answered_at: at, group_id: group, assignee: technician, again }) => {
    return { kind: 'wait', at, group, technician, waitedMs: at - arrived_at, first: !again }
  })
}

async function ratings(db: Kysely<Schema>, { groups, from, until }: Asked): Promise<Fact[]> {
  const rows = await db
    .selectFrom('ratings')
    .select(['rated_at', 'group_id', 'technician', 'score'])
    .where('rated_at', '>=', from)
    .where('rated_at', '<', until)
    .$if(groups !== undefined, (query) => query.where('group_id', 'in', groups ?? []))
    .execute()
  return rows.flatMap(({ rated_at: at, group_id: group, technician, score }) =>
    at === null || score === null ? [] : [{ kind: 'rating', at, group, technician, score }],
  )
}
