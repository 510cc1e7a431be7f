import { randomBytes } from 'node:crypto'
import { type Kysely, type Migration, sql } from 'kysely'
import { accountsMigrations } from './accounts-migrations.ts'
import { fileRulesMigrations } from './file-rules-migrations.ts'
import { filedMigrations } from './filed-migrations.ts'
import { heldMigrations } from './held-migrations.ts'
import { keysMigrations } from './keys-migrations.ts'
import { logMigrations } from './log-migrations.ts'
import { logOrderMigrations } from './log-order-migrations.ts'
import { mediaDaysMigrations } from './media-days-migrations.ts'
import { mediaMigrations } from './media-migrations.ts'
import { pagesMigrations } from './pages-migrations.ts'
import { peopleMigrations } from './people-migrations.ts'
import { ratingSettingMigrations } from './rating-setting-migrations.ts'
import { ratingsMigrations } from './ratings-migrations.ts'
import { retentionMigrations } from './retention-migrations.ts'
import { roomsMigrations } from './rooms-migrations.ts'
import type { Schema } from './schema.ts'
import { serviceMigrations } from './service-migrations.ts'
import { silenceMigrations } from './silence-migrations.ts'
import { snapshotsMigrations } from './snapshots-migrations.ts'
import { stampsMigrations } from './stamps-migrations.ts'
import { ticketsMigrations } from './tickets-migrations.ts'

/**
 * Our tables, step by step; a step that was released never changes. SQL that SQLite and PostgreSQL both understand.
 * Numbers run without gaps and stand in the order in which they are applied.
 */
export const migrations: Record<string, Migration> = {
  '001-instance-and-setup': {
    async up(db: Kysely<Schema>) {
      await db.schema
        .createTable('instance')
        .addColumn('one', 'integer', (column) => column.primaryKey())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('organisation', 'text')
        .execute()
      await db
        .insertInto('instance')
        .values({ one: 1, id: randomBytes(16).toString('base64url'), organisation: null })
        .execute()
      await db.schema
        .createTable('setup')
        .addColumn('one', 'integer', (column) => column.primaryKey())
        .addColumn('token_hash', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('used_at', 'bigint')
        .execute()
    },
  },
  '002-tickets': {
    async up(db: Kysely<Schema>) {
      await db.schema
        .createTable('tickets')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('lookup', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('assignee', 'text')
        .addColumn('created_by', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .addColumn('ended_at', 'bigint')
        .addColumn('ended_why', 'text')
        .addColumn('version', 'bigint', (column) => column.notNull())
        .execute()
      // Two open tickets never have one lookup, whatever the code above does.
      await db.schema
        .createIndex('tickets_open_lookup')
        .on('tickets')
        .column('lookup')
        .unique()
        .where(sql.ref('state'), '=', 'open')
        .execute()
      await db.schema.createIndex('tickets_lookup').on('tickets').columns(['lookup', 'created_at']).execute()
      await db.schema.createIndex('tickets_expiry').on('tickets').columns(['state', 'expires_at']).execute()
      await db.schema.createIndex('tickets_assignee').on('tickets').columns(['assignee', 'state']).execute()
    },
  },
  '003-joins-and-idempotency': {
    async up(db: Kysely<Schema>) {
      await db.schema
        .createTable('joins')
        .addColumn('token_hash', 'text', (column) => column.primaryKey())
        .addColumn('ticket', 'text', (column) => column.notNull().references('tickets.id'))
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('joins_expiry').on('joins').column('expires_at').execute()
      await db.schema
        .createTable('idempotency')
        .addColumn('technician', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('ticket', 'text', (column) => column.notNull().references('tickets.id'))
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('idempotency_key', ['technician', 'key'])
        .execute()
    },
  },
  ...peopleMigrations,
  ...keysMigrations,
  ...accountsMigrations,
  ...ticketsMigrations,
  ...roomsMigrations,
  ...heldMigrations,
  ...silenceMigrations,
  ...snapshotsMigrations,
  ...pagesMigrations,
  ...stampsMigrations,
  ...logMigrations,
  ...ratingsMigrations,
  ...serviceMigrations,
  ...retentionMigrations,
  ...mediaMigrations,
  ...fileRulesMigrations,
  ...mediaDaysMigrations,
  ...logOrderMigrations,
  ...ratingSettingMigrations,
  ...filedMigrations,
}
