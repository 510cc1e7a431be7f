import { type Kysely, sql } from 'kysely'
import type { TicketId, Time } from '../../protocol/ids.ts'
import type { LogSeq } from '../../protocol/log.ts'
import type { Retention, RetentionPreview } from '../../protocol/retention.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import type { Ranges } from '../log/emptied.ts'
import { readRow } from './log-row.ts'
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

/** Rows of the log that are older, the oldest first, so many at most. */
export async function listOlderRows(db: Db, before: Time, most: number): Promise<LogSeq[]> {
  const rows = await olderRows(db, before).select('seq').orderBy('at').limit(most).execute()
  return rows.map(({ seq }) => Number(seq))
}

/** What each of these rows said goes, its link in the chain stays. */
export async function emptyRows(db: Db, rows: readonly LogSeq[]): Promise<void> {
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
    .where('seq', 'in', rows)
    .execute()
}

/** Which rows the log says were emptied until now; where an older server emptied some without a word of which, those that are empty. */
export async function readEmptied(db: Db): Promise<Ranges> {
  const newest = await db
    .selectFrom('activity')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .where('list', '=', 'web')
    .where('sort_kind', '=', 'log-emptied')
    .executeTakeFirst()
  if (newest?.seq == null) return []
  const row = await db
    .selectFrom('activity')
    .select(['seq', 'payload'])
    .where('seq', '=', newest.seq)
    .executeTakeFirst()
  const event = row && readRow(row)?.event
  if (event?.what === 'log-emptied' && event.all) return event.all
  const { rows } = await sql<{ first: LogSeq; last: LogSeq }>`select min(seq) as first, max(seq) as last from
    (select seq, seq - row_number() over (order by seq) as run from activity where payload is null) as empty
    group by run order by 1`.execute(db)
  return rows.map(({ first, last }) => [Number(first), Number(last)])
}

const ended = (db: Db, before: Time) =>
  db.selectFrom('tickets').where('state', '!=', 'open').where('ended_at', '<', before)

const olderRows = (db: Db, before: Time) => db.selectFrom('activity').where('at', '<', before)
