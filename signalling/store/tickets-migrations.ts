import { type Kysely, type Migration, sql } from 'kysely'
import type { Schema } from './schema.ts'

/** Tickets that belong to a group, what happened to them, and how a group's queue runs. */
export const ticketsMigrations: Record<string, Migration> = {
  '009-tickets-of-groups': {
    async up(db: Kysely<Schema>) {
      // Tickets without a group were in no release.
      for (const table of ['joins', 'idempotency', 'tickets']) await db.schema.dropTable(table).execute()
      await db.schema
        .createTable('tickets')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('lookup', 'text', (column) => column.notNull())
        // No cascade: a group that a ticket is in cannot be deleted.
        .addColumn('group_id', 'text', (column) => column.notNull().references('groups.id'))
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('assignee', 'text')
        .addColumn('assigned_at', 'bigint')
        .addColumn('created_by', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .addColumn('ended_at', 'bigint')
        .addColumn('ended_by', 'text')
        .addColumn('ended_why', 'text')
        .addColumn('details_kind', 'text')
        .addColumn('details', 'text')
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
      const index = (name: string, columns: ('lookup' | 'created_at' | 'state' | 'expires_at' | 'assignee')[]) =>
        db.schema.createIndex(name).on('tickets').columns(columns).execute()
      await index('tickets_lookup', ['lookup', 'created_at'])
      await index('tickets_expiry', ['state', 'expires_at'])
      await index('tickets_assignee', ['assignee', 'state'])
      await db.schema.createIndex('tickets_list').on('tickets').columns(['state', 'created_at', 'id']).execute()
      await db.schema.createIndex('tickets_ended').on('tickets').columns(['state', 'ended_at', 'id']).execute()
      await db.schema.createIndex('tickets_group').on('tickets').columns(['group_id', 'state']).execute()
      await db.schema
        .createTable('joins')
        .addColumn('token_hash', 'text', (column) => column.primaryKey())
        .addColumn('ticket', 'text', (column) => column.notNull().references('tickets.id').onDelete('cascade'))
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('joins_expiry').on('joins').column('expires_at').execute()
      await db.schema
        .createTable('idempotency')
        .addColumn('technician', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('ticket', 'text', (column) => column.notNull().references('tickets.id').onDelete('cascade'))
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('idempotency_key', ['technician', 'key'])
        .execute()
    },
  },
  '010-seconds-and-events': {
    async up(db: Kysely<Schema>) {
      await db.schema
        .createTable('ticket_seconds')
        .addColumn('ticket', 'text', (column) => column.notNull().references('tickets.id').onDelete('cascade'))
        .addColumn('technician', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('ticket_seconds_key', ['ticket', 'technician'])
        .execute()
      await db.schema
        .createTable('ticket_events')
        .addColumn('ticket', 'text', (column) => column.notNull().references('tickets.id').onDelete('cascade'))
        // What the ticket became with it: a change is one event.
        .addColumn('version', 'bigint', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('by_whom', 'text')
        .addColumn('what', 'text', (column) => column.notNull())
        .addColumn('whom', 'text')
        .addColumn('group_id', 'text')
        .addPrimaryKeyConstraint('ticket_events_key', ['ticket', 'version'])
        .execute()
      await db.schema
        .alterTable('groups')
        .addColumn('assignment', 'text', (column) => column.notNull().defaultTo('off'))
        .execute()
      await db.schema.alterTable('groups').addColumn('silent_minutes', 'integer').execute()
      await db.updateTable('groups').set({ silent_minutes: 5 }).execute()
    },
  },
}
