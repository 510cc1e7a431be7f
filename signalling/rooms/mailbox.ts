import { RefusedError } from '../../protocol/errors.ts'
import type { Time } from '../../protocol/ids.ts'
import {
  type AppendReply,
  type AppendRequest,
  type PullFrom,
  type PullReply,
  type RoomName,
  readRoom,
  type SnapshotRequest,
} from '../../protocol/rooms.ts'
import { makeLanes } from '../lanes.ts'
import type { Services } from '../services.ts'
import { appendEntry, pullEntries } from '../store/mailbox.ts'
import { findRoomOwner } from '../store/room-owners.ts'
import { putSnapshotPart } from '../store/snapshots.ts'
import { reading } from '../store/store.ts'
import type { Person } from '../tickets/rights.ts'
import { mayOpenRoom, type RoomOwner } from './rights.ts'
import { pushToWatchers } from './watchers.ts'

type Needs = Pick<Services, 'config' | 'store' | 'live'>

/** One who writes into or reads from a room. */
type Ask = { room: RoomName; by: Person }

/** Entries of a room are pushed in the order of their numbers. */
const lanes = makeLanes()

/**
 * Appends an update, durably, and pushes it to who watches the room.
 * @throws RefusedError `not-found`, `quota`
 */
export async function append(needs: Needs, ask: Ask, { sealed }: AppendRequest, now: Time): Promise<AppendReply> {
  const { room, by } = ask
  return await lanes(room, async () => {
    const { place, owner } = await needs.store.db.transaction().execute(async (trx) => {
      const owner = await requireOwner(trx, ask)
      const place = await appendEntry(trx, { room, sealed, by: by.id, now, quota: quotaOf(needs, room) })
      return { place, owner }
    })
    pushToWatchers(needs.live, owner, { room, ...place, sealed })
    return place
  })
}

/** @throws RefusedError `not-found`, `conflict`, `quota` */
export async function snapshot(needs: Needs, ask: Ask, part: SnapshotRequest, now: Time): Promise<void> {
  const { room, by } = ask
  await needs.store.db.transaction().execute(async (trx) => {
    await requireOwner(trx, ask)
    await putSnapshotPart(trx, { ...part, room, by: by.id, now, quota: quotaOf(needs, room) })
  })
}

/** @throws RefusedError `not-found` */
export async function pull(needs: Needs, ask: Ask, from: PullFrom): Promise<PullReply> {
  return await reading(needs.store.db).execute(async (trx) => {
    await requireOwner(trx, ask)
    return { ...(await pullEntries(trx, ask.room, from)), quota: quotaOf(needs, ask.room) }
  })
}

/** In the same transaction as what follows: a ticket that is taken away meanwhile takes the right with it. */
async function requireOwner(trx: Services['store']['db'], { room, by }: Ask): Promise<RoomOwner> {
  const owner = await findRoomOwner(trx, room)
  if (!owner || !mayOpenRoom(by, owner)) throw new RefusedError({ code: 'not-found', about: 'room' })
  return owner
}

function quotaOf({ config }: Needs, room: RoomName): number {
  return readRoom(room).kind === 'queue' ? config.limits.queueMailboxBytes : config.limits.caseMailboxBytes
}
