import { type Kysely, type Migration, sql } from 'kysely'
import * as v from 'valibot'
import { LogPayload } from '../../protocol/log.ts'
import { columnsOf, sortedFirst, sortedSince } from '../log/columns.ts'
import type { Schema } from './schema.ts'

/** So many rows of a long log are given their order in one statement. */
const AT_ONCE = 500

/** Lists in other orders than that of time. */
export const logOrderMigrations: Record<string, Migration> = {
  '024-order-of-lists': {
    async up(db: Kysely<Schema>) {
      const added = [
        ['sort_who', 'text'],
        ['sort_group', 'text'],
        ['sort_kind', 'text'],
        ['sort_duration', 'bigint'],
        ['sort_end', 'text'],
        ['sort_rating', 'integer'],
      ] as const
      for (const [name, type] of added) await db.schema.alterTable('activity').addColumn(name, type).execute()
      await fill(db)
      for (const [name] of added) {
        await db.schema
          .createIndex(`activity_${name}`)
          .on('activity')
          .columns(['list', name, 'at desc', 'seq desc'])
          .where(sql.ref(name), 'is not', null)
          .execute()
      }
      // The resolved ones by code, group and assignee.
      await db.schema.createIndex('tickets_code').on('tickets').columns(['state', 'lookup', 'id']).execute()
      await db.schema
        .createIndex('tickets_group_ended')
        .on('tickets')
        .columns(['group_id', 'state', 'ended_at', 'id'])
        .execute()
      await db.schema.dropIndex('tickets_assignee').execute()
      await db.schema
        .createIndex('tickets_assignee')
        .on('tickets')
        .columns(['assignee', 'state', 'ended_at', 'id'])
        .execute()
    },
  },
}

/** Rows from before say in their payload what they are in order by. */
async function fill(db: Kysely<Schema>): Promise<void> {
  let last = 0
  for (;;) {
    const rows = await db
      .selectFrom('activity')
      .select(['seq', 'payload'])
      .where('seq', '>', last)
      .orderBy('seq')
      .limit(AT_ONCE)
      .execute()
    const said = rows.flatMap(({ seq, payload }) => {
      const read = payload === null ? undefined : v.safeParse(LogPayload, JSON.parse(payload))
      return read?.success ? [{ seq: Number(seq), payload: read.output }] : []
    })
    if (said.length > 0) await order(db, said)
    last = Number(rows.at(-1)?.seq ?? last)
    if (rows.length < AT_ONCE) return
  }
}

async function order(db: Kysely<Schema>, said: readonly { seq: number; payload: LogPayload }[]): Promise<void> {
  const values = said.map(({ seq, payload }) => {
    const { sort_who, sort_group, sort_kind } = columnsOf(payload)
    const { sort_duration, sort_end, sort_rating } = sortedFirst(payload)
    return sql`(cast(${seq} as bigint), ${sort_who}, ${sort_group}, ${sort_kind}, cast(${sort_duration} as bigint), ${sort_end}, cast(${sort_rating} as integer))`
  })
  await sql`with fresh(seq, who, grp, kind, duration, ending, rating) as (values ${sql.join(values)})
    update activity set sort_who = fresh.who, sort_group = fresh.grp, sort_kind = fresh.kind,
      sort_duration = fresh.duration, sort_end = fresh.ending, sort_rating = fresh.rating
    from fresh where activity.seq = fresh.seq`.execute(db)
  for (const { payload } of said) {
    const since = sortedSince(payload.event)
    if (!since || !payload.session) continue
    await db
      .updateTable('activity')
      .set(since)
      .where('session', '=', payload.session)
      .where('list', '=', 'remote')
      .execute()
  }
}
