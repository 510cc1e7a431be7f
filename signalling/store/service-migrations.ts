import { type Kysely, type Migration, sql } from 'kysely'
import type { Schema } from './schema.ts'

/** What groups promise, and of tickets the two moments from which it is counted. */
export const serviceMigrations: Record<string, Migration> = {
  '019-service-levels': {
    async up(db: Kysely<Schema>) {
      await db.schema.alterTable('groups').addColumn('answer_minutes', 'integer').execute()
      await db.schema.alterTable('groups').addColumn('resolve_minutes', 'integer').execute()
      await db.schema.alterTable('tickets').addColumn('opened_at', 'bigint').execute()
      await db.schema.alterTable('tickets').addColumn('answered_at', 'bigint').execute()
      // As far as the timeline and the waits, which were kept for a week, still know.
      await sql`update tickets set
        opened_at = coalesce(
          (select max(at) from ticket_events where ticket_events.ticket = tickets.id and what = 'reopened'), created_at)`.execute(
        db,
      )
      await sql`update tickets set answered_at =
        (select min(answered_at) from waits where waits.ticket = tickets.id and waits.answered_at >= tickets.opened_at)`.execute(
        db,
      )
    },
  },
}
