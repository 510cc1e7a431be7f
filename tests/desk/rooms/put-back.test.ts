import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { addEpoch, beginKeyring } from '../../../desk/keys/keyring.ts'
import { roomKeys } from '../../../desk/rooms/room-seal.ts'
import type { SignedIn } from '../../../protocol/account.ts'
import { backUp, putBack } from '../../signalling/support/put-back.ts'
import { pull, serveGroup } from '../../signalling/support/rooms.ts'
import { type Kept, openRoomDesk, type RoomDesk, same } from '../../support/room-desk.ts'
import { giveWindow } from '../../support/window.ts'

giveWindow()

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => {
  life.abort()
})

/** Each is an entry of its own. */
async function write(desk: RoomDesk, name: string, count: number) {
  for (let n = 0; n < count; n++) {
    desk.map.set(`${name} ${n}`, n)
    await desk.settled()
  }
}

/** A queue of which there is a backup, and then five more entries by Grace, which Linus has read. */
async function serveBackedUp() {
  const server = await serveGroup()
  const keyring = await beginKeyring(server.group)
  const open = (who: Pick<SignedIn, 'token'>, kept?: Kept) => openRoomDesk(server, who, keyring, life.signal, kept)
  const [grace, linus] = [await open(server.grace), await open(server.linus)]
  await write(grace, 'kept', 3)
  await same(grace, linus)
  const backup = await backUp(server)
  await write(grace, 'lost', 5)
  grace.map.delete('kept 0')
  await same(grace, linus)
  await Promise.all([grace.settled(), linus.settled()])
  await vi.waitFor(() => expect(linus.kept.records.get(server.room)?.after).toBe(9))
  return { server, keyring, open, grace, linus, backup }
}

const entriesNow = async ({ server }: Awaited<ReturnType<typeof serveBackedUp>>) =>
  (await pull(server, server.room, 0, server.grace.token)).head

test('two who were away while the server was put back have what was written since, and it has what it had lost', async () => {
  const begun = await serveBackedUp()
  const { server, open, grace, linus, backup } = begun
  grace.close()
  linus.close()
  await putBack(server, backup)
  const admin = await open(server)
  await admin.settled()
  expect(admin.map.size).toBe(3)
  // Longer than what Linus had read: no number tells that anything is missing.
  await write(admin, 'since', 8)
  expect(await entriesNow(begun)).toBe(11)
  const back = await open(server.linus, linus.kept)
  await back.settled()
  await same(back, admin)
  expect(admin.map.toJSON()).toMatchObject({ 'lost 4': 4, 'since 7': 7, 'kept 1': 1 })
  expect(admin.map.has('kept 0')).toBe(false)
  // It had it all already.
  const entries = await entriesNow(begun)
  const third = await open(server.grace, grace.kept)
  await third.settled()
  await same(third, admin)
  expect(await entriesNow(begun)).toBe(entries)
})

test('the mailbox grew just as far: the same number is another entry', async () => {
  const begun = await serveBackedUp()
  const { server, open, grace, linus, backup } = begun
  grace.close()
  linus.close()
  await putBack(server, backup)
  const admin = await open(server)
  await write(admin, 'since', 6)
  expect(await entriesNow(begun)).toBe(9)
  const back = await open(server.linus, linus.kept)
  await back.settled()
  await same(back, admin)
  expect(admin.map.has('lost 4')).toBe(true)
  expect(back.map.has('since 5')).toBe(true)
})

test('a snapshot of after the restore, which reaches further, is compared with what one has', async () => {
  const begun = await serveBackedUp()
  const { server, open, grace, linus, backup } = begun
  grace.close()
  linus.close()
  await putBack(server, backup)
  const admin = await open(server)
  await write(admin, 'since', 30)
  await vi.waitFor(async () => {
    const { snapshot } = await pull(server, server.room, 0, server.grace.token)
    expect(snapshot?.upTo).toBeGreaterThan(9)
  })
  const back = await open(server.linus, linus.kept)
  await back.settled()
  await same(back, admin)
  expect(admin.map.has('lost 4')).toBe(true)
  expect(admin.map.has('kept 0')).toBe(false)
})

test('who has the desk open while the server is put back loses nothing, whoever writes first', async () => {
  const begun = await serveBackedUp()
  const { server, open, grace, linus, backup } = begun
  grace.close()
  await putBack(server, backup)
  linus.wire.retryNow()
  const admin = await open(server)
  linus.map.set('meanwhile', 1)
  await write(admin, 'since', 7)
  await linus.settled()
  await same(linus, admin)
  expect(admin.map.toJSON()).toMatchObject({ 'lost 4': 4, meanwhile: 1, 'since 6': 6 })
})

test('what the server has lost is sealed with the keys that it has now, and not with those that it has lost too', async () => {
  const begun = await serveBackedUp()
  const { server, open, grace, linus, backup, keyring } = begun
  const later = await addEpoch(keyring)
  linus.keys.value = await roomKeys(later, server.room)
  await write(linus, 'later', 2)
  grace.close()
  // As at each connection, until the keyrings are asked for.
  linus.keysAreCurrent.value = false
  await putBack(server, backup)
  linus.wire.retryNow()
  await vi.waitFor(() => expect(linus.pending.value.updates).toBeGreaterThan(0))
  await linus.is('syncing')
  linus.keys.value = await roomKeys(keyring, server.room)
  linus.keysAreCurrent.value = true
  await linus.settled()
  const admin = await open(server)
  await admin.settled()
  await same(linus, admin)
  expect(admin.map.toJSON()).toMatchObject({ 'lost 4': 4, 'later 1': 1 })
})

test('an ordinary snapshot brings nobody to append what is there', async () => {
  const { server, open, grace, linus } = await serveBackedUp()
  linus.close()
  await write(grace, 'more', 30)
  await vi.waitFor(async () => {
    const { snapshot } = await pull(server, server.room, 0, server.grace.token)
    expect(snapshot?.upTo).toBeGreaterThan(9)
  })
  // What he wrote offline is sent once.
  linus.kept.document.getMap('tickets').set('offline', 1)
  const { head } = await pull(server, server.room, 0, server.grace.token)
  const back = await open(server.linus, linus.kept)
  await back.settled()
  await same(back, grace)
  expect((await pull(server, server.room, 0, server.grace.token)).head).toBe(head + 1)
})
