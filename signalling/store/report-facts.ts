import { setImmediate } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { GroupId, Time } from '../../protocol/ids.ts'
import type { Fact } from '../reports/figures.ts'
import type { Schema } from './schema.ts'

/** `groups`: of these alone; undefined: of all. `from` ≤ what happened < `until`. `signal`: whoever asked is gone. */
type Asked = { groups: readonly GroupId[] | undefined; from: Time; until: Time; signal: AbortSignal }

/** So many rows are read in one step: the database answers within the same turn of the loop, and everything else has its turn between two. */
const AT_ONCE = 500

/** What happened in a period, for a report, a step at a time. @throws the signal's reason */
export async function* listFacts(db: Kysely<Schema>, asked: Asked): AsyncGenerator<Fact[]> {
  const groups = asked.groups ?? (await db.selectFrom('groups').select('id').execute()).map(({ id }) => id)
  for (const group of groups) {
    yield* created(db, group, asked)
    yield* resolved(db, group, asked)
    yield* waits(db, group, asked)
  }
  yield* sessions(db, asked)
  yield* ratings(db, asked)
}

type Read<Row> = (last: Row | undefined) => Promise<Row[]>

/** Page after page, each from where the one before ended. */
async function* steps<Row>({ signal }: Asked, read: Read<Row>, toFact: (row: Row) => Fact | undefined) {
  let last: Row | undefined
  for (;;) {
    const rows = await read(last)
    await setImmediate()
    signal.throwIfAborted()
    yield rows.flatMap((row) => toFact(row) ?? [])
    last = rows.at(-1)
    if (rows.length < AT_ONCE) return
  }
}

function created(db: Kysely<Schema>, group: GroupId, asked: Asked) {
  const query = db
    .selectFrom('tickets')
    .select(['id', 'created_at', 'assignee'])
    .where('group_id', '=', group)
    .where('created_at', '<', asked.until)
    .orderBy('created_at')
    .orderBy('id')
    .limit(AT_ONCE)
  return steps(
    asked,
    (last: Pick<Schema['tickets'], 'id' | 'created_at' | 'assignee'> | undefined) =>
      (last
        ? query
            .where('created_at', '>=', last.created_at)
            .where((is) => is.or([is('created_at', '>', last.created_at), is('id', '>', last.id)]))
        : query.where('created_at', '>=', asked.from)
      ).execute(),
    ({ created_at: at, assignee: technician }) => ({ kind: 'created', at, group, technician }),
  )
}

function resolved(db: Kysely<Schema>, group: GroupId, asked: Asked) {
  const query = db
    .selectFrom('tickets')
    .select(['id', 'created_at', 'ended_at', 'assignee'])
    .where('group_id', '=', group)
    .where('state', '=', 'resolved')
    .where('ended_at', '<', asked.until)
    .orderBy('ended_at')
    .orderBy('id')
    .limit(AT_ONCE)
  return steps(
    asked,
    (last: Pick<Schema['tickets'], 'id' | 'created_at' | 'ended_at' | 'assignee'> | undefined) => {
      const ended = last?.ended_at ?? asked.from
      return (
        last
          ? query
              .where('ended_at', '>=', ended)
              .where((is) => is.or([is('ended_at', '>', ended), is('id', '>', last.id)]))
          : query.where('ended_at', '>=', ended)
      ).execute()
    },
    ({ created_at, ended_at, assignee: technician }) => {
      const at = ended_at ?? created_at
      return { kind: 'resolved', at, group, technician, tookMs: at - created_at }
    },
  )
}

type Wait = Pick<Schema['waits'], 'ticket' | 'arrived_at' | 'answered_at'> & Pick<Schema['tickets'], 'assignee'>

function waits(db: Kysely<Schema>, group: GroupId, asked: Asked) {
  const query = db
    .selectFrom('waits')
    .innerJoin('tickets', 'tickets.id', 'waits.ticket')
    .select(({ exists, selectFrom }) => [
      'waits.ticket',
      'waits.arrived_at',
      'waits.answered_at',
      'tickets.assignee',
      exists(
        selectFrom('waits as before')
          .select('before.ticket')
          .whereRef('before.ticket', '=', 'waits.ticket')
          .whereRef('before.answered_at', '<', 'waits.answered_at'),
      ).as('again'),
    ])
    .where('waits.group_id', '=', group)
    .where('waits.answered_at', '<', asked.until)
    .orderBy('waits.answered_at')
    .orderBy('waits.ticket')
    .limit(AT_ONCE)
  return steps(
    asked,
    (last: (Wait & { again: unknown }) | undefined) =>
      (last
        ? query
            .where('waits.answered_at', '>=', last.answered_at)
            .where((is) =>
              is.or([is('waits.answered_at', '>', last.answered_at), is('waits.ticket', '>', last.ticket)]),
            )
        : query.where('waits.answered_at', '>=', asked.from)
      ).execute(),
    ({ arrived_at, answered_at: at, assignee: technician, again }) => {
      return { kind: 'wait', at, group, technician, waitedMs: at - arrived_at, first: !again }
    },
  )
}

type Began = Pick<Schema['activity'], 'seq' | 'at' | 'group_id' | 'by_whom' | 'sort_duration'>

/** Of all groups: the log is read in the order of time, and others' sessions are passed over. */
function sessions(db: Kysely<Schema>, asked: Asked) {
  const isAsked = chosen(asked)
  const query = db
    .selectFrom('activity')
    .select(['seq', 'at', 'group_id', 'by_whom', 'sort_duration'])
    .where('list', '=', 'remote')
    .where('at', '<', asked.until)
    .orderBy('at')
    .orderBy('seq')
    .limit(AT_ONCE)
  return steps(
    asked,
    (last: Began | undefined) => {
      const at = last?.at ?? asked.from
      return (
        last
          ? query.where('at', '>=', at).where((is) => is.or([is('at', '>', at), is('seq', '>', last.seq)]))
          : query.where('at', '>=', at)
      ).execute()
    },
    ({ at, group_id: group, by_whom: technician, sort_duration }) => {
      if (at === null || group === null || !isAsked(group)) return undefined
      // As its later rows say; less than nothing: none of them does.
      const durationMs = sort_duration === null || sort_duration < 0 ? null : Number(sort_duration)
      return { kind: 'session', at, group, technician, durationMs }
    },
  )
}

type Rated = Pick<Schema['ratings'], 'session' | 'rated_at' | 'group_id' | 'technician' | 'score'>

function ratings(db: Kysely<Schema>, asked: Asked) {
  const isAsked = chosen(asked)
  const query = db
    .selectFrom('ratings')
    .select(['session', 'rated_at', 'group_id', 'technician', 'score'])
    .where('rated_at', '<', asked.until)
    .orderBy('rated_at')
    .orderBy('group_id')
    .orderBy('session')
    .limit(AT_ONCE)
  return steps(
    asked,
    (last: Rated | undefined) => {
      const at = last?.rated_at ?? asked.from
      const from = query.where('rated_at', '>=', at)
      if (!last) return from.execute()
      return from
        .where((is) =>
          is.or([
            is('rated_at', '>', at),
            is('group_id', '>', last.group_id),
            is.and([is('group_id', '=', last.group_id), is('session', '>', last.session)]),
          ]),
        )
        .execute()
    },
    ({ rated_at: at, group_id: group, technician, score }) =>
      at === null || score === null || !isAsked(group) ? undefined : { kind: 'rating', at, group, technician, score },
  )
}

function chosen({ groups }: Asked): (group: GroupId) => boolean {
  const wanted = groups && new Set(groups)
  return (group) => wanted === undefined || wanted.has(group)
}
