import { sql } from 'kysely'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { GroupId, MessageId } from '../../protocol/ids.ts'
import { queueRoom } from '../../protocol/rooms.ts'
import { StartError } from '../../signalling/start-error.ts'
import { addGroup, findGroups, listGroups } from '../../signalling/store/groups.ts'
import { readInstance } from '../../signalling/store/instance.ts'
import { appendEntry, pullEntries } from '../../signalling/store/mailbox.ts'
import { migrations } from '../../signalling/store/migrations.ts'
import { reading } from '../../signalling/store/store.ts'
import { addTicket, findTicket } from '../../signalling/store/tickets.ts'
import { kinds, newTicket, openDesk } from './stores.ts'

describe.each(kinds)('$name', ({ place }) => {
  test('G2 an empty database gets every table; opened again it is the same one', async () => {
    const { open } = await place()
    const first = await open()
    const { id } = await readInstance(first)
    await first.close()
    const second = await open()
    expect((await readInstance(second)).id).toBe(id)
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(second.db)
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(migrations).sort())
  })

  test('G2 a database that a newer version made is left as it is', async () => {
    const { open } = await place()
    const store = await open()
    await sql`insert into kysely_migration (name, timestamp) values ('999-of-later', '2099')`.execute(store.db)
    await store.close()
    const refused = await open().catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(StartError)
    expect(refused).toMatchObject({ message: expect.stringContaining('a newer Deskside made it') })
  })

  test('G2 texts, bytes and numbers come back as they were given', async () => {
    const { store, group, people } = await openDesk(await place(), 1)
    const { id } = await addGroup(store.db, 'Ü — 漢字 🛟 \\ \' " % _', Number.MAX_SAFE_INTEGER)
    expect((await findGroups(store.db, [id]))[0]?.name).toBe('Ü — 漢字 🛟 \\ \' " % _')
    const [row] = await store.db.selectFrom('groups').select('created_at').where('id', '=', id).execute()
    expect(row?.created_at).toBe(Number.MAX_SAFE_INTEGER)

    const bytes = Buffer.from(Array.from({ length: 256 }, (_, at) => at))
    const room = queueRoom(group)
    const [by] = people
    if (!by) throw new Error('there is one')
    const entry = { room, sealed: bytes.toString('base64url'), by, now: 1, quota: 1_000 }
    await store.db.transaction().execute((trx) => appendEntry(trx, entry))
    const { entries, bytes: size } = await reading(store.db).execute((trx) => pullEntries(trx, room, { after: 0 }))
    expect(entries.map(({ sealed }) => Buffer.from(sealed, 'base64url'))).toEqual([bytes])
    expect(size).toBe(256)
  })

  test('G2 what no database has is found nowhere, and is no error', async () => {
    const { store, group } = await openDesk(await place(), 0)
    const nul = sql<boolean>`name = ${'\0Support'}`
    expect(await store.db.selectFrom('groups').select('id').where(nul).execute()).toEqual([])
    const room = queueRoom(group)
    for (const after of [2 ** 31, Number.MAX_SAFE_INTEGER, 1e300]) {
      expect((await reading(store.db).execute((trx) => pullEntries(trx, room, { after }))).head).toBe(0)
      expect(await store.db.selectFrom('tickets').select('id').where('version', '=', after).execute()).toEqual([])
    }
  })

  test('G2 a transaction that fails leaves nothing, and nothing behind it is held up', async () => {
    const { store } = await openDesk(await place(), 0)
    const failing = store.db.transaction().execute(async (trx) => {
      await addGroup(trx, 'Gone', 1)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    const row = {
      id: v.parse(GroupId, 'x'.repeat(22)),
      name: 'Twice',
      folded: 'support',
      created_at: 1,
      assignment: 'off',
    } as const
    const none = { silent_minutes: null, answer_minutes: null, resolve_minutes: null }
    await expect(
      store.db
        .insertInto('groups')
        .values({ ...row, ...none })
        .execute(),
    ).rejects.toThrow()
    await addGroup(store.db, 'There', 2)
    expect((await listGroups(store.db)).map(({ name }) => name)).toEqual(['Support', 'There'])
  })

  test('G2 what refers to something that is not there is refused, and what hangs on a ticket goes with it', async () => {
    const { store, group, people } = await openDesk(await place(), 1)
    const [createdBy] = people
    if (!createdBy) throw new Error('there is one')
    const nowhere = newTicket(v.parse(GroupId, 'n'.repeat(22)), '00001')
    await expect(addTicket(store, { header: nowhere, createdBy, key: 'a' })).rejects.toThrow()
    const header = newTicket(group, '00002')
    await addTicket(store, { header, createdBy, key: 'b' })
    expect(await findTicket(store, header.id)).toEqual(header)
    const message = { ticket: header.id, id: v.parse(MessageId, 'm'.repeat(22)), box: 'box', created_at: 1 }
    await store.db.insertInto('held_messages').values(message).execute()
    await store.db.deleteFrom('tickets').where('id', '=', header.id).execute()
    expect(await store.db.selectFrom('held_messages').select('id').execute()).toEqual([])
    expect(await store.db.selectFrom('ticket_events').select('ticket').execute()).toEqual([])
  })
})
