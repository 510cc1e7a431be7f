import type { Kysely, Migration } from 'kysely'
import type { Schema } from './schema.ts'

/** The details of tickets that expired rest on their rows; reports read page by page. */
export const filedMigrations: Record<string, Migration> = {
  '026-filed': {
    async up(db: Kysely<Schema>) {
      await db.schema
        .alterTable('tickets')
        .addColumn('filed', 'integer', (column) => column.notNull().defaultTo(0))
        .execute()
      await db.schema.createIndex('tickets_made').on('tickets').columns(['group_id', 'created_at', 'id']).execute()
      await db.schema.dropIndex('waits_group').execute()
      await db.schema.createIndex('waits_group').on('waits').columns(['group_id', 'answered_at', 'ticket']).execute()
    },
  },
}
