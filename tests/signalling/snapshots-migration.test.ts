import { randomBytes } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { NodeSqliteDialect } from '@better-auth/kysely-adapter/node-sqlite-dialect'
import { Kysely, Migrator } from 'kysely'
import * as v from 'valibot'
import { expect, onTestFinished, test } from 'vitest'
import { GroupId } from '../../protocol/ids.ts'
import { queueRoom, Stamp } from '../../protocol/rooms.ts'
import { pullEntries, readHead } from '../../signalling/store/mailbox.ts'
import { migrations } from '../../signalling/store/migrations.ts'
import type { Schema } from '../../signalling/store/schema.ts'

test('a snapshot that was an entry is the only part of one, and the entries behind it stay', async () => {
  const database = new DatabaseSync(':memory:')
  const db = new Kysely<Schema>({ dialect: new NodeSqliteDialect({ database }) })
  onTestFinished(() => db.destroy())
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } })
  await migrator.migrateTo('013-silence-and-turns')
  const [full, fresh] = [20, 21].map((byte) => v.parse(GroupId, Buffer.alloc(16, byte).toString('base64url')))
  if (!full || !fresh) throw new Error('two groups')
  const sealed = [200, 30, 40].map((size) => randomBytes(size))
  const groups = database.prepare('insert into groups (id, name, folded, created_at) values (?, ?, ?, 1)')
  const rooms = database.prepare('insert into rooms (name, group_id, head, snapshot, bytes) values (?, ?, ?, ?, ?)')
  const entries = database.prepare(
    `insert into mailbox (room, seq, sealed, size, by_technician, created_at) values (?, ?, ?, ?, 'ada', 5)`,
  )
  for (const [group, snapshot] of [
    [full, 7],
    [fresh, 0],
  ] as const) {
    groups.run(group, group, group)
    rooms.run(queueRoom(group), group, 9, snapshot, 270)
    for (const [at, bytes] of sealed.entries()) entries.run(queueRoom(group), 7 + at, bytes, bytes.length)
  }
  const { error } = await migrator.migrateToLatest()
  expect(error).toBeUndefined()

  const texts = sealed.map((bytes) => bytes.toString('base64url'))
  const moved = await pullEntries(db, queueRoom(full), { after: 0 })
  expect(moved).toMatchObject({
    snapshot: { upTo: 7, parts: 1, bytes: 200 },
    parts: texts.slice(0, 1),
    head: 9,
    bytes: 270,
  })
  // What had no stamp has one with its room.
  const stamp = moved.snapshot?.stamp
  expect(v.is(Stamp, stamp)).toBe(true)
  expect(moved.entries).toEqual([
    { seq: 8, stamp, sealed: texts[1] },
    { seq: 9, stamp, sealed: texts[2] },
  ])
  expect(await pullEntries(db, queueRoom(full), { after: 8, stamp })).toMatchObject({ kind: 'onward' })
  expect(await pullEntries(db, queueRoom(full), { after: 7, stamp })).toMatchObject({ kind: 'onward', parts: [] })
  expect(await readHead(db, queueRoom(full))).toEqual({ seq: 9, stamp })
  const untouched = await pullEntries(db, queueRoom(fresh), { after: 0 })
  expect(untouched).toMatchObject({ snapshot: null, parts: [], bytes: 270 })
  expect(untouched.entries.map(({ seq }) => seq)).toEqual([7, 8, 9])
})
