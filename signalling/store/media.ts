import type { Kysely } from 'kysely'
import { RefusedError } from '../../protocol/errors.ts'
import type { TechnicianId, TicketId, Time } from '../../protocol/ids.ts'
import type { MediaId } from '../../protocol/media.ts'
import { type MediaStoreReply, type MediaStoreRequest, piecesOf } from '../../protocol/media-store.ts'
import type { Schema } from './schema.ts'

type Db = Kysely<Schema>
export type MediaFile = Schema['media_files']

export async function readMediaStore(db: Db): Promise<Omit<MediaStoreReply, 'kept'>> {
  const { enabled, quota_bytes } = await db.selectFrom('media_store').selectAll().executeTakeFirstOrThrow()
  const sum = await db
    .selectFrom('media_files')
    .select(({ fn }) => fn.sum<number | string | null>('bytes').as('bytes'))
    .where('gone_at', 'is', null)
    .executeTakeFirst()
  return { on: enabled === 1, quotaBytes: Number(quota_bytes), usedBytes: Number(sum?.bytes ?? 0) }
}

export async function setMediaStore(db: Db, { on, quotaBytes }: MediaStoreRequest): Promise<void> {
  await db
    .updateTable('media_store')
    .set({ enabled: on ? 1 : 0, quota_bytes: quotaBytes })
    .execute()
}

export type NewMedia = Pick<MediaFile, 'id' | 'ticket' | 'by_technician' | 'bytes' | 'at' | 'made_at'>

/**
 * Makes room for it, or finds what is there of it. Its bytes count from here on.
 * @returns how many pieces are there
 * @param most so many of one ticket are taken
 * @throws RefusedError `forbidden`, `quota` about `media` or `ticket`, `conflict`, or `not-found` where it, or its ticket, was deleted
 */
export async function beginMedia(db: Db, media: NewMedia, most: number): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    const known = await findMedia(trx, media.id)
    if (known) {
      if (known.gone_at !== null) throw new RefusedError({ code: 'not-found', about: 'media' })
      const isSame = known.by_technician === media.by_technician && known.ticket === media.ticket
      if (!isSame || Number(known.bytes) !== media.bytes) throw new RefusedError({ code: 'conflict', about: 'media' })
      return known.have
    }
    // Deleted since it was looked at: nothing would take it away again.
    if (!(await trx.selectFrom('tickets').select('id').where('id', '=', media.ticket).executeTakeFirst())) {
      throw new RefusedError({ code: 'not-found', about: 'ticket' })
    }
    const { on, quotaBytes, usedBytes } = await readMediaStore(trx)
    if (!on) throw new RefusedError({ code: 'forbidden', about: 'media' })
    if (usedBytes + media.bytes > quotaBytes) throw new RefusedError({ code: 'quota', about: 'media' })
    if ((await countOf(trx, media.ticket)) >= most) throw new RefusedError({ code: 'quota', about: 'ticket' })
    await trx
      .insertInto('media_files')
      .values({ ...media, pieces: piecesOf(media.bytes), have: 0, gone_at: null })
      .execute()
    return 0
  })
}

async function countOf(db: Db, ticket: TicketId): Promise<number> {
  const row = await db
    .selectFrom('media_files')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('ticket', '=', ticket)
    .where('gone_at', 'is', null)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

export async function findMedia(db: Db, id: MediaId): Promise<MediaFile | undefined> {
  return await db.selectFrom('media_files').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The piece is kept. */
export async function notePiece(db: Db, id: MediaId, piece: number): Promise<void> {
  await db
    .updateTable('media_files')
    .set({ have: piece + 1 })
    .where('id', '=', id)
    .where('have', '=', piece)
    .execute()
}

export async function listWhole(db: Db, ticket: TicketId): Promise<MediaId[]> {
  const rows = await db
    .selectFrom('media_files')
    .select('id')
    .where('ticket', '=', ticket)
    .where('gone_at', 'is', null)
    .whereRef('have', '=', 'pieces')
    .execute()
  return rows.map(({ id }) => id)
}

/** From here on nobody gets it; its pieces follow. */
export async function endMedia(db: Db, of: { id: MediaId } | { ticket: TicketId }, now: Time): Promise<void> {
  const query = db.updateTable('media_files').set({ gone_at: now }).where('gone_at', 'is', null)
  await ('id' in of ? query.where('id', '=', of.id) : query.where('ticket', '=', of.ticket)).execute()
}

/** Those that were begun before that and are not whole are given up. */
export async function endAbandoned(db: Db, before: Time, now: Time): Promise<void> {
  await db
    .updateTable('media_files')
    .set({ gone_at: now })
    .where('gone_at', 'is', null)
    .where('at', '<', before)
    .whereRef('have', '<', 'pieces')
    .execute()
}

/** Those whose pieces are still to be removed, so many at most. */
export async function listGone(db: Db, most: number): Promise<Pick<MediaFile, 'id' | 'pieces'>[]> {
  return await db
    .selectFrom('media_files')
    .select(['id', 'pieces'])
    .where('gone_at', 'is not', null)
    .limit(most)
    .execute()
}

/** Nothing is left of it. */
export async function forgetMedia(db: Db, id: MediaId): Promise<void> {
  await db.deleteFrom('media_files').where('id', '=', id).execute()
}

/** Whose pieces are there. */
export const isOf = (file: MediaFile, ticket: TicketId, by?: TechnicianId) =>
  file.ticket === ticket && file.gone_at === null && (by === undefined || file.by_technician === by)

/** How many rest here that were made before that. */
export async function countOlderMedia(db: Db, before: Time): Promise<number> {
  const row = await olderMedia(db, before)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** Those that were made before that are not given any more, so many at most. @returns of which tickets how many, with the tickets where they are there */
export async function endOlderMedia(trx: Db, before: Time, most: number, now: Time) {
  const rows = await olderMedia(trx, before)
    .leftJoin('tickets', 'tickets.id', 'media_files.ticket')
    .select(['media_files.id', 'media_files.ticket', 'tickets.lookup', 'tickets.group_id'])
    .orderBy('made_at')
    .limit(most)
    .execute()
  if (rows.length === 0) return []
  await trx
    .updateTable('media_files')
    .set({ gone_at: now })
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute()
  return [...Map.groupBy(rows, ({ ticket }) => ticket)].map(([id, of]) => {
    const { lookup, group_id: group } = of[0] ?? {}
    return { ticket: lookup ? { id, lookup } : undefined, group, count: of.length }
  })
}

const olderMedia = (db: Db, before: Time) =>
  db.selectFrom('media_files').where('gone_at', 'is', null).where('made_at', '<', before)
