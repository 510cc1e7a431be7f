import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { beginKeyring, type OpenKeyring } from '../../desk/keys/keyring.ts'
import type { SignedIn } from '../../protocol/account.ts'
import { MAX_SEALED_UPDATE } from '../../protocol/limits.ts'
import type { RoomName } from '../../protocol/rooms.ts'
import { pull, serveGroup, trySnapshot } from '../signalling/support/rooms.ts'
import { type Kept, openRoomDesk, type RoomDesk, same } from '../support/room-desk.ts'
import { giveWindow } from '../support/window.ts'

/** Documents that are longer than any one update may be. */

giveWindow()

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => {
  life.abort()
})

const openDesk = (server: { url: string; room: RoomName }, who: SignedIn, keyring: OpenKeyring, kept?: Kept) =>
  openRoomDesk(server, who, keyring, life.signal, kept)

async function serveKeyed(limits: Parameters<typeof serveGroup>[0] = {}) {
  const server = await serveGroup(limits)
  const keyring = await beginKeyring(server.group)
  const mailbox = () => pull(server, server.room, 1e9, server.grace.token)
  return { ...server, keyring, mailbox }
}

/** 6 MB, so that it has more characters than one update may have; the same keys each time. */
async function fill({ map, settled }: RoomDesk, entries: number) {
  const each = Math.ceil(6_000_000 / entries / 100_000)
  for (let n = 0; n < entries; n++) {
    map.doc?.transact(() => {
      for (let key = 0; key < each; key++) map.set(`key ${n} ${key}`, randomBytes(75_000).toString('base64url'))
    })
    await settled()
  }
}

test('a document that is longer than an update may be is sent, and a new browser reads all of it', async () => {
  const server = await serveKeyed()
  const grace = await openDesk(server, server.grace, server.keyring)
  await grace.settled()
  grace.map.doc?.transact(() => {
    for (let key = 0; key < 60; key++) grace.map.set(`key ${key}`, randomBytes(75_000).toString('base64url'))
  })
  await grace.settled()
  expect((await server.mailbox()).bytes).toBeGreaterThan(MAX_SEALED_UPDATE)
  const linus = await openDesk(server, server.linus, server.keyring)
  await same(grace, linus)
  expect(linus.map.size).toBe(60)
}, 60_000)

test('it is compacted in several parts, which take the place of what they stand for', async () => {
  const server = await serveKeyed()
  const grace = await openDesk(server, server.grace, server.keyring)
  await fill(grace, 12)
  const before = (await server.mailbox()).bytes
  await fill(grace, 12)
  await vi.waitFor(async () => expect((await server.mailbox()).snapshot).not.toBeNull(), { timeout: 20_000 })
  const { snapshot, bytes } = await server.mailbox()
  expect(snapshot?.parts).toBeGreaterThan(5)
  expect(snapshot?.bytes).toBeGreaterThan(MAX_SEALED_UPDATE)
  // All was written twice.
  expect(bytes).toBeLessThan(before * 1.5)
  const linus = await openDesk(server, server.linus, server.keyring)
  await linus.settled()
  await same(grace, linus)
  expect(linus.map.size).toBe(60)
}, 90_000)

test('a few edits of a large document are not worth a snapshot of all of it', async () => {
  const server = await serveKeyed()
  const grace = await openDesk(server, server.grace, server.keyring)
  await fill(grace, 20)
  await vi.waitFor(async () => expect((await server.mailbox()).snapshot).not.toBeNull(), { timeout: 20_000 })
  const { snapshot } = await server.mailbox()
  for (let n = 0; n < 60; n++) {
    grace.map.set('short', n)
    await grace.settled()
  }
  expect((await server.mailbox()).snapshot).toEqual(snapshot)
}, 90_000)

test('a server that was put back to an older state gets a large document in several entries', async () => {
  const server = await serveKeyed()
  const grace = await openDesk(server, server.grace, server.keyring)
  await fill(grace, 12)
  grace.close()
  await server.sql('delete from mailbox; delete from rooms')
  const again = await openDesk(server, server.grace, server.keyring, grace.kept)
  await again.settled()
  const linus = await openDesk(server, server.linus, server.keyring)
  await same(again, linus)
  expect(linus.map.size).toBe(60)
}, 60_000)

test('a mailbox that is full of what was written over has room again', async () => {
  const server = await serveKeyed({ queueMailboxBytes: 10_000_000 })
  const grace = await openDesk(server, server.grace, server.keyring)
  // Fewer entries than make a snapshot worthwhile by themselves.
  for (let round = 0; round < 4; round++) await fill(grace, 3)
  const { snapshot, bytes } = await server.mailbox()
  expect(snapshot).not.toBeNull()
  expect(bytes).toBeLessThan(10_000_000)
  const linus = await openDesk(server, server.linus, server.keyring)
  await same(grace, linus)
}, 90_000)

test('a browser that finds another one at it leaves the snapshot to it, and writes on', async () => {
  const server = await serveKeyed()
  const grace = await openDesk(server, server.grace, server.keyring)
  await fill(grace, 12)
  const sealed = randomBytes(500).toString('base64url')
  const begun = { upTo: 1, part: 0, last: false, sealed }
  expect((await trySnapshot(server, server.room, begun, server.linus.token)).status).toBe(204)
  await fill(grace, 24)
  expect((await server.mailbox()).snapshot).toBeNull()
  await server.sql('update snapshots set at = at - 61000')
  await fill(grace, 24)
  await vi.waitFor(async () => expect((await server.mailbox()).snapshot).not.toBeNull(), { timeout: 20_000 })
}, 90_000)
