import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { addEpoch, beginKeyring, type OpenKeyring } from '../../../desk/keys/keyring.ts'
import { roomKeys } from '../../../desk/rooms/room-seal.ts'
import type { SignedIn } from '../../../protocol/account.ts'
import type { RoomName } from '../../../protocol/rooms.ts'
import { append, moveOut, pull, sealedOf, serveGroup } from '../../signalling/support/rooms.ts'
import { serve } from '../../signalling/support/server.ts'
import { type Kept, openRoomDesk, same } from '../../support/room-desk.ts'
import { giveWindow } from '../../support/window.ts'

giveWindow()

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => {
  life.abort()
})

const openDesk = (
  server: { url: string; room: RoomName },
  who: SignedIn,
  keyring: OpenKeyring | undefined,
  kept?: Kept,
) => openRoomDesk(server, who, keyring, life.signal, kept)

async function serveKeyed(limits: Parameters<typeof serveGroup>[0] = {}) {
  const server = await serveGroup(limits)
  return { ...server, keyring: await beginKeyring(server.group) }
}

test('two desks have the same, live, and the server has nothing that it could read', async () => {
  const server = await serveKeyed()
  const grace = await openDesk(server, server.grace, server.keyring)
  const linus = await openDesk(server, server.linus, server.keyring)
  await Promise.all([grace.settled(), linus.settled()])
  grace.map.set('one', { request: 'the printer in room 4' })
  linus.map.set('two', { request: 'x'.repeat(60_000) })
  await vi.waitFor(() => expect([...grace.map.keys(), ...linus.map.keys()]).toHaveLength(4))
  linus.map.delete('one')
  await vi.waitFor(() => expect([...grace.map.keys()]).toEqual(['two']))
  await same(grace, linus)
  expect(await server.databaseText()).not.toContain('printer')
})

test('who was away catches up when the others are gone, and what was written meanwhile arrives', async () => {
  const server = await serveKeyed()
  const grace = await openDesk(server, server.grace, server.keyring)
  const before = await openDesk(server, server.linus, server.keyring)
  grace.map.set('one', 1)
  await vi.waitFor(() => expect(before.map.get('one')).toBe(1))
  await Promise.all([grace.settled(), before.settled()])
  before.close()
  grace.map.set('two', 2)
  // Deletions leave no trace in the state vector; they must arrive all the same.
  before.map.delete('one')
  before.map.set('three', 3)
  await grace.settled()
  grace.close()
  const after = await openDesk(server, server.linus, server.keyring, before.kept)
  await after.settled()
  expect(after.map.toJSON()).toEqual({ two: 2, three: 3 })
  const third = await openDesk(server, server.grace, server.keyring)
  await same(third, after)
  expect(third.map.toJSON()).toEqual({ two: 2, three: 3 })
})

test('a browser that was killed before its disk had what it read reads it again', async () => {
  const server = await serveKeyed()
  const grace = await openDesk(server, server.grace, server.keyring)
  grace.map.set('one', 1)
  grace.map.delete('one')
  grace.map.set('two', 2)
  const linus = await openDesk(server, server.linus, server.keyring)
  await same(grace, linus)
  await linus.settled()
  await vi.waitFor(() => expect(linus.kept.records.get(server.room)?.after).toBeGreaterThan(0))
  linus.close()
  const lost = { ...linus.kept, document: new Y.Doc() }
  await same(grace, await openDesk(server, server.linus, server.keyring, lost))
})

test('the server goes away in the middle of 500 edits on each side, and nothing is lost', async () => {
  const server = await serveKeyed()
  const grace = await openDesk(server, server.grace, server.keyring)
  const linus = await openDesk(server, server.linus, server.keyring)
  await Promise.all([grace.settled(), linus.settled()])
  let again = Promise.resolve<unknown>(undefined)
  for (let n = 0; n < 500; n++) {
    grace.list.push([`grace ${n}`])
    linus.list.push([`linus ${n}`])
    grace.map.set('both', n)
    if (n % 50 === 0) linus.list.delete(0)
    if (n % 25 === 0) await new Promise(setImmediate)
    if (n === 200) {
      await server.close()
      await Promise.all([grace.is('offline'), linus.is('offline')])
    }
    if (n === 300) {
      const environment = { DATA_DIR: server.config.dataDir, PORT: new URL(server.url).port }
      again = serve({ environment })
    }
  }
  await again
  for (const { wire } of [grace, linus]) wire.retryNow()
  await Promise.all([grace.settled(), linus.settled()])
  await same(grace, linus)
  expect(grace.list.length).toBe(990)
}, 60_000)

test('entries of an epoch without a key wait for it, and nobody makes a snapshot that leaves them out', async () => {
  const server = await serveKeyed()
  const later = await addEpoch(server.keyring)
  const grace = await openDesk(server, server.grace, later)
  const linus = await openDesk(server, server.linus, undefined)
  await linus.is('no-keys')
  grace.map.set('one', 1)
  await grace.settled()
  linus.keys.value = await roomKeys(server.keyring, server.room)
  for (let n = 0; n < 40; n++) {
    linus.map.set('mine', n)
    await vi.waitFor(() => expect(linus.pending.value.updates).toBe(0))
  }
  await linus.is('no-keys')
  grace.close()
  expect(linus.map.has('one')).toBe(false)
  linus.keys.value = await roomKeys(later, server.room)
  await linus.settled()
  expect(linus.map.toJSON()).toEqual({ one: 1, mine: 39 })
})

test('a snapshot takes the place of many entries, and a fresh reader has everything from it', async () => {
  const server = await serveKeyed()
  const grace = await openDesk(server, server.grace, server.keyring)
  for (let n = 0; n < 30; n++) {
    grace.map.set(`key ${n}`, n)
    await vi.waitFor(() => expect(grace.pending.value.updates).toBe(0))
  }
  await vi.waitFor(async () => {
    const { snapshot, entries } = await pull(server, server.room, 0, server.linus.token)
    expect(snapshot).not.toBeNull()
    expect(entries.length).toBeLessThan(25)
  })
  const linus = await openDesk(server, server.linus, server.keyring)
  await linus.settled()
  expect(linus.map.size).toBe(30)
  await same(grace, linus)
})

test('what a member of ill will appends costs nobody anything', async () => {
  const server = await serveKeyed()
  const grace = await openDesk(server, server.grace, server.keyring)
  await grace.settled()
  await append(server, server.room, sealedOf(200), server.linus.token)
  await append(server, server.room, 'A'.repeat(40), server.linus.token)
  grace.map.set('one', 1)
  await vi.waitFor(() => expect(grace.pending.value.updates).toBe(0))
  const linus = await openDesk(server, server.linus, server.keyring)
  await vi.waitFor(() => expect(linus.map.get('one')).toBe(1))
})

test('a full mailbox is said, and what was written stays', async () => {
  const server = await serveKeyed({ queueMailboxBytes: 4_000 })
  const grace = await openDesk(server, server.grace, server.keyring)
  grace.map.set('one', 'x'.repeat(1_000))
  await grace.settled()
  grace.map.set('two', 'y'.repeat(9_000))
  await vi.waitFor(() => expect(grace.state.value).toMatchObject({ kind: 'refused', refusal: { code: 'quota' } }))
  expect(grace.pending.value.updates).toBe(1)
  expect(await grace.kept.memory.unsent()).toEqual([server.room])
  grace.close()
  await server.close()
  await serve({ environment: { DATA_DIR: server.config.dataDir, PORT: new URL(server.url).port } })
  const after = await openDesk(server, server.grace, server.keyring, grace.kept)
  await after.settled()
  await vi.waitFor(async () => expect(await after.kept.memory.unsent()).toEqual([]))
  const linus = await openDesk(server, server.linus, server.keyring)
  await same(after, linus)
  expect(linus.map.size).toBe(2)
})

test('a server that was put back to an older state gets everything once more', async () => {
  const server = await serveKeyed()
  const grace = await openDesk(server, server.grace, server.keyring)
  grace.map.set('one', 1)
  await grace.settled()
  grace.map.set('two', 2)
  await grace.settled()
  grace.close()
  await server.sql('delete from mailbox; delete from rooms')
  const again = await openDesk(server, server.grace, server.keyring, grace.kept)
  await again.settled()
  const linus = await openDesk(server, server.linus, server.keyring)
  await same(again, linus)
})

test('who is no member of the group any more is refused, and keeps what was written', async () => {
  const server = await serveKeyed()
  await moveOut(server, server.group, server.grace)
  const grace = await openDesk(server, server.grace, server.keyring)
  grace.map.set('one', 1)
  await vi.waitFor(() => expect(grace.state.value).toMatchObject({ kind: 'refused', refusal: { code: 'not-found' } }))
  expect(grace.pending.value.updates).toBe(1)
})

test('L7 what was deleted for good is soon in no entry of the mailbox: one snapshot takes their place, whoever asks for it too', async () => {
  const server = await serveKeyed()
  const desks = [
    await openDesk(server, server.grace, server.keyring),
    await openDesk(server, server.linus, server.keyring),
  ]
  const [grace, linus] = desks
  if (!grace || !linus) throw new Error('nobody is there')
  await Promise.all(desks.map((desk) => desk.settled()))
  grace.map.set('kept', 1)
  grace.map.set('gone', { name: 'Rosa Lima' })
  await vi.waitFor(() => expect(linus.map.get('gone')).toBeDefined())
  const entries = async () => Number((await server.rows('select count(*) as count from mailbox'))[0]?.count)
  await Promise.all(desks.map((desk) => desk.settled()))
  const before = await entries()
  expect(before).toBeGreaterThan(0)
  for (const desk of desks) {
    desk.map.delete('gone')
    desk.tidy()
  }
  await vi.waitFor(async () => {
    const [row] = await server.rows('select count(*) as count, max(up_to) as seq from snapshots where stands = 1')
    expect(row).toMatchObject({ count: 1 })
    expect(Number(row?.seq)).toBeGreaterThanOrEqual(before)
  })
  const fresh = await openDesk(server, server.grace, server.keyring)
  await fresh.settled()
  expect(fresh.map.toJSON()).toEqual({ kept: 1 })
  expect(await entries()).toBeLessThanOrEqual(2)
})
