import type { Kysely, Migration } from 'kysely'
import type { Schema } from './schema.ts'

/** The details of tickets that expired rest on their rows. */
export const filedMigrations: Record<string, Migration> = {
  '026-filed': {
    async up(db: Kysely<Schema>) {
      await db.schema
        .alterTable('tickets')
        .addColumn('filed', 'integer', (column) => column.notNull().defaultTo(0))
        .execute()
    },
  },
}
