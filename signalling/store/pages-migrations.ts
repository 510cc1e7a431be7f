import type { Kysely, Migration } from 'kysely'
import type { Schema } from './schema.ts'

/** A page of one group's tickets is found in its order. */
export const pagesMigrations: Record<string, Migration> = {
  '015-pages-of-a-group': {
    async up(db: Kysely<Schema>) {
      await db.schema.dropIndex('tickets_group').execute()
      await db.schema
        .createIndex('tickets_group')
        .on('tickets')
        .columns(['group_id', 'state', 'created_at', 'id'])
        .execute()
    },
  },
}
