import { randomBytes } from 'node:crypto'
import { type Kysely, type Migration, sql } from 'kysely'
import type { RoomName } from '../../protocol/rooms.ts'
import type { Schema } from './schema.ts'

/** Snapshots in parts. A snapshot of before, an entry of its own, is the only part of one now. */
export const snapshotsMigrations: Record<string, Migration> = {
  '014-snapshots-in-parts': {
    async up(db: Kysely<Schema>) {
      await db.schema
        .createTable('snapshots')
        .addColumn('room', 'text', (column) => column.notNull().references('rooms.name').onDelete('cascade'))
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('up_to', 'bigint', (column) => column.notNull())
        .addColumn('stands', 'integer', (column) => column.notNull())
        .addColumn('parts', 'bigint', (column) => column.notNull())
        .addColumn('bytes', 'bigint', (column) => column.notNull())
        .addColumn('by_technician', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('snapshots_key', ['room', 'id'])
        .execute()
      await db.schema
        .createTable('snapshot_parts')
        .addColumn('room', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('part', 'bigint', (column) => column.notNull())
        .addColumn('size', 'integer', (column) => column.notNull())
        .addColumn('sealed', 'bytea', (column) => column.notNull())
        .addPrimaryKeyConstraint('snapshot_parts_key', ['room', 'id', 'part'])
        .addForeignKeyConstraint('snapshot_parts_of', ['room', 'id'], 'snapshots', ['room', 'id'], (of) =>
          of.onDelete('cascade'),
        )
        .execute()
      const rooms = await db.selectFrom('rooms').select('name').where('snapshot', '>', 0).execute()
      for (const { name } of rooms) await moveSnapshot(db, name)
    },
  },
}

async function moveSnapshot(db: Kysely<Schema>, room: RoomName): Promise<void> {
  const id = randomBytes(16).toString('base64url')
  const its = sql`from mailbox join rooms on rooms.name = mailbox.room and rooms.snapshot = mailbox.seq where mailbox.room = ${room}`
  await sql`insert into snapshots (room, id, up_to, stands, parts, bytes, by_technician, at)
    select room, ${id}, seq, 1, 1, size, by_technician, created_at ${its}`.execute(db)
  await sql`insert into snapshot_parts (room, id, part, size, sealed)
    select room, ${id}, 0, size, sealed ${its}`.execute(db)
  await sql`delete from mailbox where room = ${room}
    and seq <= (select snapshot from rooms where name = ${room})`.execute(db)
}
