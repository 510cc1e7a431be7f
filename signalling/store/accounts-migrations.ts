import type { Kysely, Migration } from 'kysely'
import type { Schema } from './schema.ts'

/** What better-auth's own tables do not hold of the accounts. */
export const accountsMigrations: Record<string, Migration> = {
  '008-password-resets': {
    async up(db: Kysely<Schema>) {
      await db.schema
        .createTable('password_resets')
        // One for each account: a newer link ends the one before.
        .addColumn('technician', 'text', (column) => column.primaryKey())
        .addColumn('token_hash', 'text', (column) => column.notNull().unique())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .execute()
    },
  },
}
