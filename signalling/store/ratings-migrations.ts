import type { Kysely, Migration } from 'kysely'
import type { Schema } from './schema.ts'

/** What customers think of their sessions. */
export const ratingsMigrations: Record<string, Migration> = {
  '018-ratings': {
    async up(db: Kysely<Schema>) {
      await db.schema
        .createTable('ratings')
        .addColumn('session', 'text', (column) => column.primaryKey())
        .addColumn('ticket', 'text', (column) => column.notNull().references('tickets.id').onDelete('cascade'))
        .addColumn('group_id', 'text', (column) => column.notNull())
        .addColumn('technician', 'text', (column) => column.notNull())
        .addColumn('token_hash', 'text', (column) => column.notNull())
        .addColumn('began_at', 'bigint', (column) => column.notNull())
        // Null until the customer answers.
        .addColumn('rated_at', 'bigint')
        .addColumn('score', 'integer')
        .addColumn('box', 'text')
        .execute()
      await db.schema.createIndex('ratings_token').on('ratings').columns(['token_hash', 'began_at']).execute()
      await db.schema.createIndex('ratings_ticket').on('ratings').columns(['ticket', 'rated_at']).execute()
      await db.schema.createIndex('ratings_rated').on('ratings').columns(['rated_at', 'group_id']).execute()
    },
  },
}
