import * as v from 'valibot'
import * as Y from 'yjs'
import { roomKeys, sealUpdate } from '../../../desk/rooms/room-seal.ts'
import { splitUpdate } from '../../../desk/rooms/split-update.ts'
import { serverRooms } from '../../../desk/server-rooms.ts'
import { randomId } from '../../../peer/random-id.ts'
import { queueRoom, SnapshotId } from '../../../protocol/rooms.ts'
import { startOrganisation } from '../accounts/organisation.ts'
import { compare, type Family, median, progress } from '../harness.ts'
import { drawIds, writeDetails } from '../queue/seed.ts'
import { keyGroup } from './group.ts'

const ROUNDS = 5
const TICKETS = 10_000
/** As many entries as make a snapshot worthwhile. */
const ENTRIES = 200

/** A snapshot in the place of 200 entries, of a queue with 10 000 tickets: encoded, sealed, sent, kept. */
export const compaction: Family = {
  names: ['compaction'],
  async measure(signal) {
    await using organisation = await startOrganisation({}, signal)
    const { group, keyring } = await keyGroup(organisation, signal)
    const room = queueRoom(group)
    const keys = await roomKeys(keyring, room)
    const rooms = serverRooms(organisation.client)
    const document = new Y.Doc()
    const updates: Uint8Array[] = []
    document.on('update', (update: Uint8Array) => updates.push(update))
    const ids = drawIds(TICKETS)
    const [times, encoding]: [number[], number[]] = [[], []]
    for (let round = 1; round <= ROUNDS; round++) {
      writeDetails(document, ids, TICKETS / ENTRIES)
      let upTo = 0
      for (const update of updates.splice(0)) {
        upTo = (await rooms.append(room, { sealed: await sealUpdate(keys, update) }, signal)).seq
      }
      const startedAt = performance.now()
      const encoded = Y.encodeStateAsUpdate(document)
      encoding.push(performance.now() - startedAt)
      const parts = [...splitUpdate(encoded)]
      const id = v.parse(SnapshotId, randomId())
      for (const [part, update] of parts.entries()) {
        const last = part === parts.length - 1
        await rooms.snapshot(room, { id, upTo, part, last, sealed: await sealUpdate(keys, update) }, signal)
      }
      times.push(performance.now() - startedAt)
      progress(`compaction ${round}/${ROUNDS}: ${times.at(-1)?.toFixed()} ms, ${encoded.byteLength} bytes`)
    }
    return [
      compare({
        name: 'compaction',
        value: median(times),
        unit: 'ms for 10 000 tickets in 200 entries',
        n: ROUNDS,
        peer: 'encoding alone',
        peerValue: median(encoding),
      }),
    ]
  },
}
