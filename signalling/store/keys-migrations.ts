import type { Kysely, Migration } from 'kysely'
import type { Schema } from './schema.ts'

/** The tables of sealed keys. */
export const keysMigrations: Record<string, Migration> = {
  '006-vaults': {
    async up(db: Kysely<Schema>) {
      await db.schema
        .createTable('vaults')
        .addColumn('technician', 'text', (column) => column.primaryKey())
        .addColumn('public_key', 'text', (column) => column.notNull())
        .addColumn('by_password', 'text', (column) => column.notNull())
        .addColumn('by_recovery_code', 'text', (column) => column.notNull())
        .execute()
    },
  },
  '007-keyrings': {
    async up(db: Kysely<Schema>) {
      await db.schema
        .createTable('keyrings')
        .addColumn('group_id', 'text', (column) => column.primaryKey().references('groups.id').onDelete('cascade'))
        .addColumn('revision', 'bigint', (column) => column.notNull())
        .addColumn('epoch', 'bigint', (column) => column.notNull())
        .addColumn('public_key', 'text', (column) => column.notNull())
        .addColumn('sealed', 'text', (column) => column.notNull())
        .addColumn('readers', 'text', (column) => column.notNull())
        .addColumn('sealed_at', 'bigint', (column) => column.notNull())
        .execute()
    },
  },
}
