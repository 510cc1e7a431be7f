import type { Kysely } from 'kysely'
import { RefusedError } from '../../protocol/errors.ts'
import type { TechnicianId, Time } from '../../protocol/ids.ts'
import type { RoomName, SnapshotRequest } from '../../protocol/rooms.ts'
import { ABANDONED_MS, type Coming, judgePart } from '../rooms/snapshot-part.ts'
import { readStamp } from './mailbox.ts'
import type { Schema } from './schema.ts'

/** Snapshots of mailboxes: parts that stand for all entries up to a number, at once and together, from the last part on. */

/** `quota`: for the whole mailbox, in bytes; the parts of a snapshot that is on its way have as many of their own. */
export type PutPart = SnapshotRequest & { room: RoomName; by: TechnicianId; now: Time; quota: number }

/**
 * Keeps a part; the last one puts them all in the place of what stood there. Call it in a transaction, which takes all of it back
 * where it throws.
 * @throws RefusedError `conflict`, `quota`
 */
export async function putSnapshotPart(trx: Kysely<Schema>, put: PutPart): Promise<void> {
  const { room, id, upTo, stamp, part, last, by, now, quota } = put
  // The update takes the room's row first: two who snapshot at once, or who append meanwhile, stand in line here.
  const known = await trx
    .updateTable('rooms')
    .set((is) => ({ bytes: is.ref('bytes') }))
    .where('name', '=', room)
    .returning(['snapshot', 'bytes'])
    .executeTakeFirst()
  const coming = await readComing(trx, room)
  const there = { snapshot: known?.snapshot ?? 0, stamp: await readStamp(trx, room, upTo) }
  const ruling = judgePart(there, coming, put, now)
  if (ruling === 'too-late' || !known) throw new RefusedError({ code: 'conflict', about: 'upTo' })
  if (ruling === 'not-now') throw new RefusedError({ code: 'conflict', about: 'part' })

  const sealed = Buffer.from(put.sealed, 'base64url')
  const bytes = (ruling === 'goes-on' && coming ? coming.bytes : 0) + sealed.length
  // A mailbox that is too full may still become smaller.
  if (bytes > Math.max(quota, known.bytes)) throw new RefusedError({ code: 'quota', about: 'room' })
  if (ruling === 'begins') {
    await trx.deleteFrom('snapshots').where('room', '=', room).where('stands', '=', 0).execute()
    const begun = { room, id, up_to: upTo, stamp, stands: 0, parts: 0, bytes: 0, by_technician: by, at: now } as const
    await trx.insertInto('snapshots').values(begun).execute()
  }
  await trx.insertInto('snapshot_parts').values({ room, id, part, size: sealed.length, sealed }).execute()
  await trx
    .updateTable('snapshots')
    .set({ parts: part + 1, bytes, at: now })
    .where('room', '=', room)
    .where('id', '=', id)
    .execute()
  if (last) await letStand(trx, put, { before: known.bytes, bytes })
}

async function letStand(
  trx: Kysely<Schema>,
  { room, id, upTo, quota }: PutPart,
  { before, bytes }: { before: number; bytes: number },
): Promise<void> {
  const standing = await trx
    .deleteFrom('snapshots')
    .where('room', '=', room)
    .where('stands', '=', 1)
    .returning('bytes')
    .execute()
  const entries = await trx
    .deleteFrom('mailbox')
    .where('room', '=', room)
    .where('seq', '<=', upTo)
    .returning('size')
    .execute()
  const gone = [...standing.map((one) => one.bytes), ...entries.map(({ size }) => size)]
  const after = before + bytes - gone.reduce((sum, size) => sum + size, 0)
  if (after > quota && after > before) throw new RefusedError({ code: 'quota', about: 'room' })
  await trx.updateTable('snapshots').set({ stands: 1 }).where('room', '=', room).where('id', '=', id).execute()
  await trx.updateTable('rooms').set({ snapshot: upTo, bytes: after }).where('name', '=', room).execute()
}

async function readComing(trx: Kysely<Schema>, room: RoomName): Promise<(Coming & { bytes: number }) | undefined> {
  return await trx
    .selectFrom('snapshots')
    .select(['id', 'up_to as upTo', 'parts', 'bytes', 'at'])
    .where('room', '=', room)
    .where('stands', '=', 0)
    .executeTakeFirst()
}

/** Takes away the parts of snapshots that nobody goes on with. */
export async function forgetAbandonedSnapshots(db: Kysely<Schema>, now: Time): Promise<void> {
  await db
    .deleteFrom('snapshots')
    .where('stands', '=', 0)
    .where('at', '<=', now - ABANDONED_MS)
    .execute()
}
