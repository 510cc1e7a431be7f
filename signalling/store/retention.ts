import type { Kysely } from 'kysely'
import type { TicketId, Time } from '../../protocol/ids.ts'
import type { Retention, RetentionPreview } from '../../protocol/retention.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import { countOlderMedia } from './media.ts'
import type { Schema } from './schema.ts'
import { toTickets } from './ticket-rows.ts'

type Db = Kysely<Schema>

const DAY_MS = 86_400_000

export async function readRetention(db: Db): Promise<Retention> {
  const row = await db
    .selectFrom('retention')
    .select(['ticket_days', 'media_days', 'log_days'])
    .executeTakeFirstOrThrow()
  return { ticketDays: row.ticket_days, mediaDays: row.media_days, logDays: row.log_days }
}

export async function setRetention(db: Db, { ticketDays, mediaDays, logDays }: Retention): Promise<void> {
  await db.updateTable('retention').set({ ticket_days: ticketDays, media_days: mediaDays, log_days: logDays }).execute()
}

/** How much is over its time. */
export async function countOver(
  db: Db,
  { ticketDays, mediaDays, logDays }: Retention,
  now: Time,
): Promise<RetentionPreview> {
  const media = mediaDays === null ? 0 : await countOlderMedia(db, endedBefore(mediaDays, now))
  const tickets =
    ticketDays === null
      ? undefined
      : await ended(db, endedBefore(ticketDays, now))
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .executeTakeFirst()
  const rows =
    logDays === null
      ? undefined
      : await olderRows(db, endedBefore(logDays, now))
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .executeTakeFirst()
  return { tickets: Number(tickets?.count ?? 0), media, logRows: Number(rows?.count ?? 0) }
}

/** The moment before which something must be over to be kept no longer. */
export function endedBefore(days: number, now: Time): Time {
  return now - days * DAY_MS
}

/** Tickets that were over before that, the oldest first, so many at most. */
export async function listEnded(db: Db, before: Time, most: number): Promise<TicketHeader[]> {
  const rows = await ended(db, before).selectAll().orderBy('ended_at').limit(most).execute()
  return await toTickets(db, rows)
}

/** A ticket that is over and as it was read, and all that hangs on it. That it was deleted stays, so that browsers can follow. @returns whether it was so */
export async function deleteTicket(
  trx: Db,
  { id, version }: Pick<TicketHeader, 'id' | 'version'>,
  now: Time,
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('tickets')
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', '!=', 'open')
    .executeTakeFirst()
  if (numDeletedRows === 0n) return false
  await trx
    .insertInto('deleted_tickets')
    .values({ ticket: id, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return true
}

/** Which of these were deleted. */
export async function findDeleted(db: Db, tickets: readonly TicketId[]): Promise<TicketId[]> {
  if (tickets.length === 0) return []
  const rows = await db.selectFrom('deleted_tickets').select('ticket').where('ticket', 'in', tickets).execute()
  return rows.map(({ ticket }) => ticket)
}

/** Empties rows of the log that are older, so many at most: what each said goes, its link in the chain stays. @returns how many */
export async function emptyLog(db: Db, before: Time, most: number): Promise<number> {
  const rows = await olderRows(db, before).select('seq').orderBy('at').limit(most).execute()
  if (rows.length === 0) return 0
  await db
    .updateTable('activity')
    .set({
      payload: null,
      at: null,
      list: null,
      what: null,
      by_whom: null,
      whom: null,
      group_id: null,
      ticket: null,
      session: null,
      once: null,
      words: null,
      sort_who: null,
      sort_group: null,
      sort_kind: null,
      sort_duration: null,
      sort_end: null,
      sort_rating: null,
    })
    .where(
      'seq',
      'in',
      rows.map(({ seq }) => seq),
    )
    .execute()
  return rows.length
}

const ended = (db: Db, before: Time) =>
  db.selectFrom('tickets').where('state', '!=', 'open').where('ended_at', '<', before)

const olderRows = (db: Db, before: Time) => db.selectFrom('activity').where('at', '<', before)
