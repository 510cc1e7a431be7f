import type { Kysely, Migration } from 'kysely'
import type { Schema } from './schema.ts'

/** What customers leave before anyone is there, and how long they waited. */
export const heldMigrations: Record<string, Migration> = {
  '012-held-and-waits': {
    async up(db: Kysely<Schema>) {
      await db.schema
        .createTable('held_messages')
        .addColumn('ticket', 'text', (column) => column.notNull().references('tickets.id').onDelete('cascade'))
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('box', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('held_messages_key', ['ticket', 'id'])
        .execute()
      await db.schema
        .createTable('waits')
        .addColumn('group_id', 'text', (column) => column.notNull().references('groups.id').onDelete('cascade'))
        .addColumn('ticket', 'text', (column) => column.notNull().references('tickets.id').onDelete('cascade'))
        .addColumn('arrived_at', 'bigint', (column) => column.notNull())
        .addColumn('answered_at', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('waits_group').on('waits').columns(['group_id', 'answered_at']).execute()
    },
  },
}
