import type { Kysely, Migration } from 'kysely'
import type { Schema } from './schema.ts'

/** Whether customers are asked how it was: as before, until an admin turns it off. */
export const ratingSettingMigrations: Record<string, Migration> = {
  '025-rating-setting': {
    async up(db: Kysely<Schema>) {
      await db.schema
        .createTable('rating_setting')
        .addColumn('one', 'integer', (column) => column.primaryKey())
        .addColumn('asks', 'integer', (column) => column.notNull())
        .execute()
      await db.insertInto('rating_setting').values({ one: 1, asks: 1 }).execute()
    },
  },
}
