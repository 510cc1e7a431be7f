import type { Kysely } from 'kysely'
import { RefusedError } from '../../protocol/errors.ts'
import type { TechnicianId, Time } from '../../protocol/ids.ts'
import { MAX_PULL } from '../../protocol/limits.ts'
import {
  type PullReply,
  type RoomName,
  readRoom,
  type Sealed,
  type Seq,
  type SnapshotId,
  type SnapshotPart,
} from '../../protocol/rooms.ts'
import type { Schema } from './schema.ts'

/** The sealed updates of a room, behind its snapshot. Numbers run from 1 without gaps, and none is given twice, whatever snapshots took away. */

/** What is written, by whom, and how many bytes the whole mailbox may have with it. */
export type Entry = { room: RoomName; sealed: Sealed; by: TechnicianId; now: Time; quota: number }

/**
 * Appends one entry; call it in a transaction, which takes all of it back where it throws.
 * @returns its number
 * @throws RefusedError `quota`
 */
export async function appendEntry(trx: Kysely<Schema>, { room, sealed, by, now, quota }: Entry): Promise<Seq> {
  const bytes = Buffer.from(sealed, 'base64url')
  await ensureRoom(trx, room)
  // The update takes the room's row first: two who append at once stand in line here.
  const { head } = await trx
    .updateTable('rooms')
    .set((is) => ({ head: is('head', '+', 1), bytes: is('bytes', '+', bytes.length) }))
    .where('name', '=', room)
    .where((is) => is(is('bytes', '+', bytes.length), '<=', quota))
    .returning('head')
    .executeTakeFirstOrThrow(() => new RefusedError({ code: 'quota', about: 'room' }))
  await trx
    .insertInto('mailbox')
    .values({ room, seq: head, sealed: bytes, size: bytes.length, by_technician: by, created_at: now })
    .execute()
  return head
}

async function ensureRoom(trx: Kysely<Schema>, room: RoomName): Promise<void> {
  const of = readRoom(room)
  const [group_id, ticket] = of.kind === 'queue' ? [of.group, null] : [null, of.ticket]
  await trx
    .insertInto('rooms')
    .values({ name: room, group_id, ticket, head: 0, snapshot: 0, bytes: 0 })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
}

export async function readHead(db: Kysely<Schema>, room: RoomName): Promise<Seq> {
  const row = await db.selectFrom('rooms').select('head').where('name', '=', room).executeTakeFirst()
  return row?.head ?? 0
}

/** So many entries are looked at for one answer. */
const MOST_ENTRIES = 2_000

/** From where somebody reads: after an entry, and where that is before the snapshot, from a part of it. */
export type ReadFrom = { after: Seq; reading?: { snapshot: SnapshotId; part: SnapshotPart } | undefined }

/** What came after a number, the oldest first; in a transaction, so that no snapshot comes in between. */
export async function pullEntries(
  trx: Kysely<Schema>,
  room: RoomName,
  { after, reading }: ReadFrom,
): Promise<Omit<PullReply, 'quota'>> {
  const known = await trx.selectFrom('rooms').selectAll().where('name', '=', room).executeTakeFirst()
  if (!known) return { snapshot: null, parts: [], entries: [], head: 0, bytes: 0 }
  const { head, bytes } = known
  const snapshot = await readSnapshot(trx, room)
  const from = reading && reading.snapshot === snapshot?.id ? reading.part : 0
  const ahead = snapshot !== null && after < snapshot.upTo
  const parts = ahead ? await readParts(trx, room, snapshot.id, from) : []
  const unread = ahead ? snapshot.parts - from - parts.length : 0
  const left = MAX_PULL - charactersOf(parts)
  const nothing = unread > 0 || (parts.length > 0 && left <= 0)
  const entries = nothing ? [] : await readEntries(trx, room, ahead ? snapshot.upTo : after, left, parts.length > 0)
  return { snapshot, parts, entries, head, bytes }
}

async function readSnapshot(trx: Kysely<Schema>, room: RoomName): Promise<PullReply['snapshot']> {
  const standing = await trx
    .selectFrom('snapshots')
    .select(['id', 'up_to as upTo', 'parts', 'bytes'])
    .where('room', '=', room)
    .where('stands', '=', 1)
    .executeTakeFirst()
  return standing ?? null
}

async function readParts(
  trx: Kysely<Schema>,
  room: RoomName,
  snapshot: SnapshotId,
  from: SnapshotPart,
): Promise<Sealed[]> {
  const query = trx.selectFrom('snapshot_parts').where('room', '=', room).where('id', '=', snapshot).orderBy('part')
  const sizes = await query.select(['part as at', 'size']).where('part', '>=', from).execute()
  const last = lastThatFits(sizes, MAX_PULL, 1)
  if (last === undefined) return []
  const rows = await query.select('sealed').where('part', '>=', from).where('part', '<=', last).execute()
  return rows.map(({ sealed }) => encode(sealed))
}

/** @param some whether there is something else in the answer */
async function readEntries(trx: Kysely<Schema>, room: RoomName, after: Seq, characters: number, some: boolean) {
  const query = trx.selectFrom('mailbox').where('room', '=', room).where('seq', '>', after).orderBy('seq')
  const sizes = await query.select(['seq as at', 'size']).limit(MOST_ENTRIES).execute()
  const last = lastThatFits(sizes, characters, some ? 0 : 1)
  if (last === undefined) return []
  const rows = await query.select(['seq', 'sealed']).where('seq', '<=', last).execute()
  return rows.map(({ seq, sealed }) => ({ seq, sealed: encode(sealed) }))
}

/** Up to which one they have so many characters together; so many of the first in any case. */
function lastThatFits(sizes: readonly { at: number; size: number }[], most: number, inAnyCase: 0 | 1) {
  let characters = 0
  let last: number | undefined
  for (const [index, { at, size }] of sizes.entries()) {
    characters += Math.ceil((size * 4) / 3)
    if (index >= inAnyCase && characters > most) break
    last = at
  }
  return last
}

const charactersOf = (parts: readonly Sealed[]) => parts.reduce((sum, { length }) => sum + length, 0)

function encode(bytes: Uint8Array): Sealed {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
}
