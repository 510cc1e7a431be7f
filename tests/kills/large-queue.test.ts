import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { beginKeyring } from '../../desk/keys/keyring.ts'
import { openDetailsMap } from '../../desk/queue/details-map.ts'
import { BEGINNING } from '../../desk/rooms/mailbox-plan.ts'
import { mailboxReader } from '../../desk/rooms/mailbox-reader.ts'
import { roomKeys } from '../../desk/rooms/room-seal.ts'
import { ServerClient } from '../../desk/server/server.ts'
import { serverRooms } from '../../desk/server/server-rooms.ts'
import { sleep } from '../../peer/sleep.ts'
import { queueRoom } from '../../protocol/rooms.ts'
import { drawIds, writeDetails } from '../bench/queue/seed.ts'
import { addColleague, asker, execute, firstGroup, setUp } from '../signalling/support/server.ts'
import { openRoomDesk, same } from '../support/room-desk.ts'
import { startTestServer } from '../support/server.ts'
import { giveWindow } from '../support/window.ts'

/** More than one update could ever hold. */
const TICKETS = 20_000
const KILLS = 3

giveWindow()

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => {
  life.abort()
})

test('a queue of 20 000 tickets is compacted by two desks at once, over kills between the parts, and no reader ever sees less than was there', async () => {
  const server = await startTestServer({ signal: life.signal })
  const ask = asker(server.url)
  const owner = await setUp({ ask, setupToken: server.setupLink.split('#')[1] })
  const colleague = await addColleague({ ask, sql: (statement) => execute(server.dataDir, statement) }, true)
  const group = await firstGroup({ ask }, owner.token)
  const keyring = await beginKeyring(group)
  const place = { url: server.url, room: queueRoom(group) }
  const [here, there] = [
    await openRoomDesk(place, owner, keyring, life.signal),
    await openRoomDesk(place, colleague, keyring, life.signal),
  ]
  await Promise.all([here.settled(), there.settled()])
  const ids = drawIds(TICKETS)
  writeDetails(here.kept.document, ids, 2_000)
  await same(here, there)

  const rooms = serverRooms(new ServerClient({ origin: server.url, token: () => owner.token }))
  const keys = await roomKeys(keyring, place.room)
  /** So many edits are in the mailbox. */
  let acknowledged = 0

  /** A new browser reads, from the beginning. @returns what it lacks of what was there when it began */
  async function lacks(): Promise<string[]> {
    const before = acknowledged
    const document = new Y.Doc()
    const reader = mailboxReader({
      ...{ room: place.room, document, origin: {}, server: rooms, from: BEGINNING, signal: life.signal },
      onRead: () => undefined,
    })
    await reader.pull(keys)
    const there = openDetailsMap(document, () => undefined).ids().length
    const edits = Number(document.getMap('tickets').get('edits') ?? 0)
    return [
      ...(there < TICKETS ? [`${there} tickets`] : []),
      ...(edits < before ? [`${edits} of ${before} edits`] : []),
    ]
  }

  const over = new AbortController()
  const lacking: string[] = []
  let read = 0
  async function readAgainAndAgain() {
    while (!over.signal.aborted) {
      // The server that is down answers nobody.
      const found = await lacks().catch(() => undefined)
      if (found) read += 1
      lacking.push(...(found ?? []))
      await sleep(20, life.signal)
    }
  }

  let round = 0
  async function editAgainAndAgain() {
    while (!over.signal.aborted) {
      round += 1
      here.kept.document.transact(() => {
        writeDetails(here.kept.document, ids.slice(0, 500), 500)
        here.map.set('edits', round)
      })
      await vi.waitFor(() => expect(here.pending.value.updates).toBe(0), { timeout: 60_000 })
      acknowledged = round
      there.map.set(`note ${round % 10}`, 'x'.repeat(2_000))
      await sleep(20, life.signal)
    }
  }

  const database = new DatabaseSync(join(server.dataDir, 'deskside.sqlite'), { readOnly: true, timeout: 5_000 })
  const snapshots = (stands: 0 | 1) =>
    database.prepare('select id, parts, bytes from snapshots where stands = ?').all(stands)
  const running = [readAgainAndAgain(), editAgainAndAgain()]
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      await vi.waitFor(() => expect(Number(snapshots(0)[0]?.parts)).toBeGreaterThan(1), {
        interval: 1,
        timeout: 60_000,
      })
      await server.restart()
      for (const { wire } of [here, there]) wire.retryNow()
      // What was left half is given up, and another one is made.
      await execute(server.dataDir, 'update snapshots set at = at - 61000 where stands = 0')
      const before = snapshots(1)[0]?.id
      await vi.waitFor(() => expect(snapshots(1)[0]?.id ?? before).not.toBe(before), { timeout: 60_000 })
    }
    await vi.waitFor(() => expect(read).toBeGreaterThan(10), { timeout: 120_000 })
  } finally {
    over.abort()
    await Promise.all(running)
    database.close()
  }
  await Promise.all([here.settled(), there.settled()])
  await same(here, there)
  expect(lacking).toEqual([])
  expect(await lacks()).toEqual([])
  const { snapshot, bytes } = await rooms.pull(place.room, { after: 0 })
  expect(snapshot?.parts).toBeGreaterThan(5)
  // What was written over, several times as much, is gone.
  expect(bytes).toBeLessThan(1.5 * (snapshot?.bytes ?? 0))
}, 300_000)
