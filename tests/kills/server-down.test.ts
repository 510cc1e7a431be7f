import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { beginKeyring } from '../../desk/keys/keyring.ts'
import { sleep } from '../../peer/sleep.ts'
import { caseRoom } from '../../protocol/rooms.ts'
import { addColleague, asker, createTicket, execute, firstGroup, setUp } from '../signalling/support/server.ts'
import { openRoomDesk, type RoomDesk, same } from '../support/room-desk.ts'
import { startTestServer } from '../support/server.ts'
import { giveWindow } from '../support/window.ts'

const EDITS = 500
/** Long enough for several attempts in vain; `DOWN_SECONDS=600` shows ten minutes. */
const DOWN_MS = Number(process.env.DOWN_SECONDS ?? 20) * 1000

giveWindow()

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => {
  life.abort()
})

/** Writes, changes and deletes; `until` a number of edits is reached. */
async function edit(desk: RoomDesk, who: string, from: number, until: number, pauseMs: number) {
  for (let count = from; count < until; count += 1) {
    if (count % 5 === 4 && desk.list.length > 3) desk.list.delete(Math.floor(desk.list.length / 2))
    else if (count % 5 === 3) desk.map.set(`shared ${count % 20}`, { by: who, count })
    else desk.list.insert(Math.floor(desk.list.length / 2), [`${who} ${count}`])
    desk.map.set(`${who} ${count}`, count)
    await sleep(pauseMs, life.signal)
  }
}

test(
  'a server that is down in the middle of 500 edits on each side loses none of them',
  async () => {
    const server = await startTestServer({ signal: life.signal })
    const ask = asker(server.url)
    const owner = await setUp({ ask, setupToken: server.setupLink.split('#')[1] })
    const colleague = await addColleague({ ask, sql: (statement) => execute(server.dataDir, statement) }, true)
    const room = caseRoom((await createTicket({ ask }, owner.token)).id)
    const keyring = await beginKeyring(await firstGroup({ ask }, owner.token))
    const place = { url: server.url, room }
    const here = await openRoomDesk(place, owner, keyring, life.signal)
    const there = await openRoomDesk(place, colleague, keyring, life.signal)
    await Promise.all([here.settled(), there.settled()])

    const before = Promise.all([edit(here, 'here', 0, 150, 10), edit(there, 'there', 0, 150, 10)])
    // In the middle of it, not between two edits of a pause.
    await sleep(700, life.signal)
    await server.restart(async () => {
      await before
      await Promise.all([edit(here, 'here', 150, 350, 5), edit(there, 'there', 150, 350, 5)])
      await vi.waitFor(() => expect(here.wire.connection.peek().kind).toBe('waiting-to-retry'), { timeout: 10_000 })
      expect(here.pending.value.updates).toBeGreaterThan(0)
      await sleep(DOWN_MS, life.signal)
    })
    await Promise.all([edit(here, 'here', 350, EDITS, 5), edit(there, 'there', 350, EDITS, 5)])
    await vi.waitFor(
      () => {
        for (const { state, pending } of [here, there]) {
          expect([state.value.kind, pending.value.updates]).toEqual(['synced', 0])
        }
      },
      { timeout: 90_000, interval: 200 },
    )
    await same(here, there)
    for (let count = 0; count < EDITS; count += 1) {
      expect(there.map.get(`here ${count}`)).toBe(count)
      expect(here.map.get(`there ${count}`)).toBe(count)
    }
    // Whoever was away the whole time has it as well.
    const late = await openRoomDesk(place, owner, keyring, life.signal)
    await late.settled()
    await same(late, here)
  },
  220_000 + DOWN_MS,
)
