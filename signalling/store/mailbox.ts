import type { Kysely } from 'kysely'
import { RefusedError } from '../../protocol/errors.ts'
import type { TechnicianId, Time } from '../../protocol/ids.ts'
import { MAX_PULL } from '../../protocol/limits.ts'
import { type PullReply, type RoomName, readRoom, type Sealed, type Seq } from '../../protocol/rooms.ts'
import type { Schema } from './schema.ts'

/** The sealed updates of a room. Numbers run from 1 without gaps, and none is given twice, whatever snapshots took away. */

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

/**
 * Puts a snapshot in the place of everything up to `upTo`; in a transaction, as above.
 * @throws RefusedError `conflict` where another snapshot reaches as far or there is no such entry yet, `quota`.
 */
export async function replaceBySnapshot(
  trx: Kysely<Schema>,
  { room, upTo, sealed, by, now, quota }: Entry & { upTo: Seq },
): Promise<void> {
  const conflict = () => new RefusedError({ code: 'conflict', about: 'upTo' })
  const set = await trx
    .updateTable('rooms')
    .set({ snapshot: upTo })
    .where('name', '=', room)
    .where('head', '>=', upTo)
    .where('snapshot', '<', upTo)
    .returning('bytes')
    .executeTakeFirstOrThrow(conflict)
  const replaced = await trx
    .deleteFrom('mailbox')
    .where('room', '=', room)
    .where('seq', '<=', upTo)
    .returning('size')
    .execute()
  const content = Buffer.from(sealed, 'base64url')
  const bytes = set.bytes + content.length - replaced.reduce((sum, { size }) => sum + size, 0)
  // A mailbox that is too full may still become smaller.
  if (bytes > quota && bytes > set.bytes) throw new RefusedError({ code: 'quota', about: 'room' })
  await trx.updateTable('rooms').set({ bytes }).where('name', '=', room).execute()
  await trx
    .insertInto('mailbox')
    .values({ room, seq: upTo, sealed: content, size: content.length, by_technician: by, created_at: now })
    .execute()
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

/** What came after a number, the oldest first; in a transaction, so that no snapshot comes in between. */
export async function pullEntries(trx: Kysely<Schema>, room: RoomName, after: Seq): Promise<Omit<PullReply, 'quota'>> {
  const known = await trx.selectFrom('rooms').selectAll().where('name', '=', room).executeTakeFirst()
  if (!known) return { entries: [], head: 0, bytes: 0 }
  const { head, snapshot, bytes } = known
  const sizes = await trx
    .selectFrom('mailbox')
    .select(['seq', 'size'])
    .where('room', '=', room)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(MOST_ENTRIES)
    .execute()
  const rows = await trx
    .selectFrom('mailbox')
    .select(['seq', 'sealed'])
    .where('room', '=', room)
    .where('seq', '>', after)
    .where('seq', '<=', lastThatFits(sizes) ?? 0)
    .orderBy('seq')
    .execute()
  const entries = rows.map(({ seq, sealed }) => ({ seq, snapshot: seq === snapshot, sealed: encode(sealed) }))
  return { entries, head, bytes }
}

/** The number up to which entries have `MAX_PULL` characters together; the first one whatever it has. */
function lastThatFits(sizes: readonly { seq: Seq; size: number }[]): Seq | undefined {
  let characters = 0
  let last: Seq | undefined
  for (const { seq, size } of sizes) {
    characters += Math.ceil((size * 4) / 3)
    if (last !== undefined && characters > MAX_PULL) break
    last = seq
  }
  return last
}

function encode(bytes: Uint8Array): Sealed {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
}
