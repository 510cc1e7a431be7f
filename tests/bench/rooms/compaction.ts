import * as v from 'valibot'
import * as Y from 'yjs'
import { roomKeys, sealUpdate } from '../../../desk/rooms/room-seal.ts'
import { splitUpdate } from '../../../desk/rooms/split-update.ts'
import { serverRooms } from '../../../desk/server/server-rooms.ts'
import { randomId } from '../../../peer/random-id.ts'
import { type AppendReply, queueRoom, SnapshotId } from '../../../protocol/rooms.ts'
import { startOrganisation } from '../accounts/organisation.ts'
import { compare, type Family, type Figure, median, progress } from '../harness.ts'
import { drawIds, writeDetails } from '../queue/seed.ts'
import { keyGroup } from './group.ts'

/** How many tickets, and how often. */
const SIZES = [
  [10_000, 5],
  [100_000, 3],
] as const
/** As many entries as make a snapshot worthwhile. */
const ENTRIES = 200

/** A snapshot in the place of 200 entries: encoded, split, sealed, sent, kept. */
export const compaction: Family = {
  names: ['compaction'],
  async measure(signal) {
    const figures: Figure[] = []
    for (const [tickets, rounds] of SIZES) figures.push(await measureSize(tickets, rounds, signal))
    return figures
  },
}

async function measureSize(tickets: number, rounds: number, signal: AbortSignal): Promise<Figure> {
  await using organisation = await startOrganisation({}, signal)
  const { group, keyring } = await keyGroup(organisation, signal)
  const room = queueRoom(group)
  const keys = await roomKeys(keyring, room)
  const rooms = serverRooms(organisation.client)
  const document = new Y.Doc()
  const updates: Uint8Array[] = []
  document.on('update', (update: Uint8Array) => updates.push(update))
  const ids = drawIds(tickets)
  const [times, encoding]: [number[], number[]] = [[], []]
  for (let round = 1; round <= rounds; round++) {
    writeDetails(document, ids, tickets / ENTRIES)
    let newest: AppendReply | undefined
    for (const update of updates.splice(0)) {
      newest = await rooms.append(room, { sealed: await sealUpdate(keys, update) }, signal)
    }
    if (!newest) throw new Error('nothing was written')
    const { seq: upTo, stamp } = newest
    const before = (await rooms.pull(room, { after: upTo, stamp }, signal)).bytes
    const startedAt = performance.now()
    const encoded = Y.encodeStateAsUpdate(document)
    encoding.push(performance.now() - startedAt)
    const parts = [...splitUpdate(encoded)]
    const id = v.parse(SnapshotId, randomId())
    for (const [part, update] of parts.entries()) {
      const last = part === parts.length - 1
      await rooms.snapshot(room, { id, upTo, stamp, part, last, sealed: await sealUpdate(keys, update) }, signal)
    }
    times.push(performance.now() - startedAt)
    const { bytes } = await rooms.pull(room, { after: upTo, stamp }, signal)
    progress(
      `compaction of ${tickets}, ${round}/${rounds}: ${times.at(-1)?.toFixed()} ms, ${parts.length} parts, ${before} → ${bytes} bytes`,
    )
  }
  return compare({
    name: 'compaction',
    value: median(times),
    unit: `ms for ${tickets.toLocaleString('en').replaceAll(',', ' ')} tickets in 200 entries`,
    n: rounds,
    peer: 'encoding alone',
    peerValue: median(encoding),
  })
}
