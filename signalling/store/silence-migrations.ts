import type { Kysely, Migration } from 'kysely'
import type { Schema } from './schema.ts'

/** Since when a customer has nobody, and whose turn it is to be given one. */
export const silenceMigrations: Record<string, Migration> = {
  '013-silence-and-turns': {
    async up(db: Kysely<Schema>) {
      await db.schema.alterTable('joins').addColumn('unanswered_since', 'bigint').execute()
      await db.schema.createIndex('joins_unanswered').on('joins').column('unanswered_since').execute()
      await db.schema.alterTable('memberships').addColumn('given_at', 'bigint').execute()
    },
  },
}
