import type { Kysely, Migration } from 'kysely'
import { BEGINNING } from '../log/chain.ts'
import type { Schema } from './schema.ts'

/** The activity log, and where its chain stands. */
export const logMigrations: Record<string, Migration> = {
  '017-activity-log': {
    async up(db: Kysely<Schema>) {
      await db.schema
        .createTable('activity')
        .addColumn('seq', 'bigint', (column) => column.primaryKey())
        .addColumn('previous', 'text', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .addColumn('payload_hash', 'text', (column) => column.notNull())
        // This and what follows is null in a row that was emptied when its time was over.
        .addColumn('payload', 'text')
        .addColumn('at', 'bigint')
        .addColumn('list', 'text')
        .addColumn('what', 'text')
        .addColumn('by_whom', 'text')
        .addColumn('whom', 'text')
        .addColumn('group_id', 'text')
        .addColumn('ticket', 'text')
        .addColumn('session', 'text')
        .addColumn('once', 'text', (column) => column.unique())
        .addColumn('words', 'text')
        .execute()
      await db.schema.createIndex('activity_list').on('activity').columns(['list', 'at', 'seq']).execute()
      await db.schema.createIndex('activity_session').on('activity').columns(['session', 'seq']).execute()
      await db.schema
        .createTable('activity_head')
        .addColumn('one', 'integer', (column) => column.primaryKey())
        .addColumn('seq', 'bigint', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .execute()
      await db
        .insertInto('activity_head')
        .values({ one: 1, ...BEGINNING })
        .execute()
    },
  },
}
