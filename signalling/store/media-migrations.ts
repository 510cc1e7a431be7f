import type { Kysely, Migration } from 'kysely'
import type { Schema } from './schema.ts'

/** What of images and recordings rests with the server, and how much may. */
export const mediaMigrations: Record<string, Migration> = {
  '021-media': {
    async up(db: Kysely<Schema>) {
      await db.schema
        .createTable('media_store')
        .addColumn('one', 'integer', (column) => column.primaryKey())
        .addColumn('enabled', 'integer', (column) => column.notNull())
        .addColumn('quota_bytes', 'bigint', (column) => column.notNull())
        .execute()
      await db.insertInto('media_store').values({ one: 1, enabled: 0, quota_bytes: 10_000_000_000 }).execute()
      // No reference to the ticket: the row outlives it until the pieces are gone.
      await db.schema
        .createTable('media_files')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('ticket', 'text', (column) => column.notNull())
        .addColumn('by_technician', 'text', (column) => column.notNull())
        .addColumn('bytes', 'bigint', (column) => column.notNull())
        .addColumn('pieces', 'integer', (column) => column.notNull())
        .addColumn('have', 'integer', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('gone_at', 'bigint')
        .execute()
      await db.schema.createIndex('media_files_ticket').on('media_files').column('ticket').execute()
      await db.schema.createIndex('media_files_gone').on('media_files').columns(['gone_at', 'at']).execute()
    },
  },
}
