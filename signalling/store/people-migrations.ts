import type { Kysely, Migration } from 'kysely'
import type { Schema } from './schema.ts'

/** The tables of groups and invitations. Accounts are in better-auth's tables, which are made later: nothing refers to them here. */
export const peopleMigrations: Record<string, Migration> = {
  '004-groups': {
    async up(db: Kysely<Schema>) {
      await db.schema
        .createTable('groups')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        // Two groups never have one name, whoever comes first.
        .addColumn('folded', 'text', (column) => column.notNull().unique())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('memberships')
        // No cascade: a group that somebody joins this moment cannot be deleted.
        .addColumn('group_id', 'text', (column) => column.notNull().references('groups.id'))
        .addColumn('technician', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('memberships_key', ['group_id', 'technician'])
        .execute()
      await db.schema.createIndex('memberships_technician').on('memberships').column('technician').execute()
    },
  },
  '005-invitations': {
    async up(db: Kysely<Schema>) {
      await db.schema
        .createTable('invitations')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('email', 'text', (column) => column.notNull().unique())
        .addColumn('token_hash', 'text', (column) => column.notNull().unique())
        .addColumn('admin', 'integer', (column) => column.notNull())
        .addColumn('two_step', 'integer', (column) => column.notNull())
        .addColumn('language', 'text', (column) => column.notNull())
        .addColumn('inviter', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .addColumn('delivery', 'text', (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('invitation_groups')
        .addColumn('invitation', 'text', (column) => column.notNull().references('invitations.id').onDelete('cascade'))
        .addColumn('group_id', 'text', (column) => column.notNull().references('groups.id'))
        .addPrimaryKeyConstraint('invitation_groups_key', ['invitation', 'group_id'])
        .execute()
      await db.schema.createIndex('invitation_groups_group').on('invitation_groups').column('group_id').execute()
    },
  },
}
