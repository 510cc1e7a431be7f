import type { Kysely, Migration } from 'kysely'
import type { Schema } from './schema.ts'

/** The mailboxes of the shared documents. */
export const roomsMigrations: Record<string, Migration> = {
  '011-mailbox': {
    async up(db: Kysely<Schema>) {
      await db.schema
        .createTable('rooms')
        .addColumn('name', 'text', (column) => column.primaryKey())
        // One of the two: the room goes with what it belongs to.
        .addColumn('group_id', 'text', (column) => column.references('groups.id').onDelete('cascade'))
        .addColumn('ticket', 'text', (column) => column.references('tickets.id').onDelete('cascade'))
        .addColumn('head', 'bigint', (column) => column.notNull())
        .addColumn('snapshot', 'bigint', (column) => column.notNull())
        .addColumn('bytes', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('rooms_group').on('rooms').column('group_id').execute()
      await db.schema.createIndex('rooms_ticket').on('rooms').column('ticket').execute()
      await db.schema
        .createTable('mailbox')
        .addColumn('room', 'text', (column) => column.notNull().references('rooms.name').onDelete('cascade'))
        .addColumn('seq', 'bigint', (column) => column.notNull())
        // PostgreSQL's word for bytes; SQLite takes any, and keeps bytes as they are.
        .addColumn('sealed', 'bytea', (column) => column.notNull())
        .addColumn('size', 'integer', (column) => column.notNull())
        .addColumn('by_technician', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('mailbox_key', ['room', 'seq'])
        .execute()
    },
  },
}
