import type { Kysely, Migration } from 'kysely'
import type { Schema } from './schema.ts'

/** Images and recordings are kept for days of their own. */
export const mediaDaysMigrations: Record<string, Migration> = {
  '023-media-days': {
    async up(db: Kysely<Schema>) {
      await db.schema.alterTable('retention').addColumn('media_days', 'integer').execute()
      await db.schema
        .alterTable('media_files')
        .addColumn('made_at', 'bigint', (column) => column.notNull().defaultTo(0))
        .execute()
      // When it was made is not known of those that are there: it was not later.
      await db
        .updateTable('media_files')
        .set(({ ref }) => ({ made_at: ref('at') }))
        .execute()
      await db.schema.createIndex('media_files_made').on('media_files').columns(['gone_at', 'made_at']).execute()
    },
  },
}
