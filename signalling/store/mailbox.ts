import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import type { TechnicianId, Time } from '../../protocol/ids.ts'
import { MAX_PULL } from '../../protocol/limits.ts'
import {
  type AppendReply,
  type PullFrom,
  type PullReply,
  type RoomName,
  readRoom,
  type Sealed,
  type Seq,
  type SnapshotId,
  type SnapshotPart,
  Stamp,
} from '../../protocol/rooms.ts'
import type { Schema } from './schema.ts'

/**
 * The sealed updates of a room, behind its snapshot. Numbers run from 1 without gaps, and none is given twice, whatever snapshots took
 * away; unless the whole database is put back to an older state, which the stamps tell.
 */

/** What is written, by whom, and how many bytes the whole mailbox may have with it. */
export type Entry = { room: RoomName; sealed: Sealed; by: TechnicianId; now: Time; quota: number }

/**
 * Appends one entry; call it in a transaction, which takes all of it back where it throws.
 * @throws RefusedError `quota`
 */
export async function appendEntry(trx: Kysely<Schema>, { room, sealed, by, now, quota }: Entry): Promise<AppendReply> {
  const bytes = Buffer.from(sealed, 'base64url')
  await ensureRoom(trx, room)
  // The update takes the room's row first: two who append at once stand in line here.
  const { head, stamp: before } = await trx
    .updateTable('rooms')
    .set((is) => ({ head: is('head', '+', 1), bytes: is('bytes', '+', bytes.length) }))
    .where('name', '=', room)
    .where((is) => is(is('bytes', '+', bytes.length), '<=', quota))
    .returning(['head', 'stamp'])
    .executeTakeFirstOrThrow(() => new RefusedError({ code: 'quota', about: 'room' }))
  const stamp = v.parse(Stamp, randomBytes(16).toString('base64url'))
  await trx.updateTable('rooms').set({ stamp }).where('name', '=', room).execute()
  await trx
    .insertInto('mailbox')
    .values({ room, seq: head, stamp, sealed: bytes, size: bytes.length, by_technician: by, created_at: now })
    .execute()
  return { seq: head, stamp, before }
}

async function ensureRoom(trx: Kysely<Schema>, room: RoomName): Promise<void> {
  const of = readRoom(room)
  const [group_id, ticket] = of.kind === 'queue' ? [of.group, null] : [null, of.ticket]
  await trx
    .insertInto('rooms')
    .values({ name: room, group_id, ticket, head: 0, stamp: null, snapshot: 0, bytes: 0 })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
}

/** The newest entry. */
export async function readHead(db: Kysely<Schema>, room: RoomName): Promise<{ seq: Seq; stamp: Stamp | null }> {
  const row = await db.selectFrom('rooms').select(['head as seq', 'stamp']).where('name', '=', room).executeTakeFirst()
  return row ?? { seq: 0, stamp: null }
}

/** The stamp of an entry that is there, or that the snapshot reaches just up to. */
export async function readStamp(db: Kysely<Schema>, room: RoomName, seq: Seq): Promise<Stamp | undefined> {
  const entry = await db
    .selectFrom('mailbox')
    .select('stamp')
    .where('room', '=', room)
    .where('seq', '=', seq)
    .executeTakeFirst()
  if (entry) return entry.stamp
  const snapshot = await readSnapshot(db, room)
  return snapshot?.upTo === seq ? snapshot.stamp : undefined
}

/** So many entries are looked at for one answer. */
const MOST_ENTRIES = 2_000

/** What came after a number, the oldest first; in a transaction, so that no snapshot comes in between. */
export async function pullEntries(
  trx: Kysely<Schema>,
  room: RoomName,
  from: PullFrom,
): Promise<Omit<PullReply, 'quota'>> {
  const known = await trx.selectFrom('rooms').selectAll().where('name', '=', room).executeTakeFirst()
  const snapshot = await readSnapshot(trx, room)
  const kind = (await isThere(trx, room, from, snapshot)) ? 'onward' : 'anew'
  if (!known) return { kind, snapshot: null, parts: [], entries: [], head: 0, bytes: 0 }
  const { head, bytes } = known
  const { after, reading } = kind === 'onward' ? from : { after: 0, reading: undefined }
  const part = reading && reading.snapshot === snapshot?.id ? reading.part : 0
  const ahead = snapshot !== null && after < snapshot.upTo
  const parts = ahead ? await readParts(trx, room, snapshot.id, part) : []
  const unread = ahead ? snapshot.parts - part - parts.length : 0
  const left = MAX_PULL - charactersOf(parts)
  const nothing = unread > 0 || (parts.length > 0 && left <= 0)
  const entries = nothing ? [] : await readEntries(trx, room, ahead ? snapshot.upTo : after, left, parts.length > 0)
  return { kind, snapshot, parts, entries, head, bytes }
}

/** Whether one can go on after that entry. Whoever asks from before the snapshot sees by what is in it whether something is missing. */
async function isThere(
  db: Kysely<Schema>,
  room: RoomName,
  { after, stamp }: PullFrom,
  snapshot: PullReply['snapshot'],
): Promise<boolean> {
  if (after === 0 || (snapshot !== null && after < snapshot.upTo)) return true
  return stamp !== undefined && (await readStamp(db, room, after)) === stamp
}

async function readSnapshot(db: Kysely<Schema>, room: RoomName): Promise<PullReply['snapshot']> {
  const standing = await db
    .selectFrom('snapshots')
    .select(['id', 'up_to as upTo', 'stamp', 'parts', 'bytes'])
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
  const rows = await query.select(['seq', 'stamp', 'sealed']).where('seq', '<=', last).execute()
  return rows.map(({ sealed, ...place }) => ({ ...place, sealed: encode(sealed) }))
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
