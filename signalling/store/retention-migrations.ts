import type { Kysely, Migration } from 'kysely'
import type { Schema } from './schema.ts'

/** How long what is over is kept, and which tickets were deleted. */
export const retentionMigrations: Record<string, Migration> = {
  '020-retention': {
    async up(db: Kysely<Schema>) {
      await db.schema
        .createTable('retention')
        .addColumn('one', 'integer', (column) => column.primaryKey())
        .addColumn('ticket_days', 'integer')
        .addColumn('log_days', 'integer')
        .execute()
      await db.insertInto('retention').values({ one: 1, ticket_days: null, log_days: null }).execute()
      await db.schema
        .createTable('deleted_tickets')
        .addColumn('ticket', 'text', (column) => column.primaryKey())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute()
      // What goes with a ticket is found by it; a report looks for a ticket's earlier waits.
      await db.schema.createIndex('waits_ticket').on('waits').columns(['ticket', 'answered_at']).execute()
      await db.schema.createIndex('joins_ticket').on('joins').column('ticket').execute()
      await db.schema.createIndex('idempotency_ticket').on('idempotency').column('ticket').execute()
      await db.schema.createIndex('activity_at').on('activity').column('at').execute()
    },
  },
}
