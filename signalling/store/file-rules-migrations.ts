import type { Kysely, Migration } from 'kysely'
import type { Schema } from './schema.ts'

/** Which files may be exchanged. */
export const fileRulesMigrations: Record<string, Migration> = {
  '022-file-rules': {
    async up(db: Kysely<Schema>) {
      await db.schema
        .createTable('file_rules')
        .addColumn('one', 'integer', (column) => column.primaryKey())
        .addColumn('largest', 'bigint')
        .addColumn('refused', 'text', (column) => column.notNull())
        .execute()
      await db.insertInto('file_rules').values({ one: 1, largest: null, refused: '' }).execute()
    },
  },
}
