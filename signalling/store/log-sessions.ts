import type { Kysely } from 'kysely'
import type { Time } from '../../protocol/ids.ts'
import type { LogRow, LogSessionId, SessionSummary } from '../../protocol/log.ts'
import { summarise } from '../log/summary.ts'
import { readRow } from './log-row.ts'
import type { Schema } from './schema.ts'

/** Older ones that are still open are nobody's any more. */
const OPEN_MS = 30 * 86_400_000
/** So many sessions are named in one statement. */
const AT_ONCE = 200

/** Sessions that began before `now` and of which no end was written. */
export async function listOpenSessions(db: Kysely<Schema>, now: Time) {
  const rows = await db
    .selectFrom('activity')
    .select(['seq', 'payload'])
    .where('list', '=', 'remote')
    .where('at', '>', now - OPEN_MS)
    .where('at', '<', now)
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('activity as end')
            .select('end.seq')
            .whereRef('end.session', '=', 'activity.session')
            .where('end.what', '=', 'session-ended'),
        ),
      ),
    )
    .orderBy('seq')
    .execute()
  return rows.flatMap((row) => {
    const { session, group, ticket, at: began } = readRow(row) ?? {}
    return session && group && ticket && began !== undefined ? [{ session, group, ticket, began }] : []
  })
}

/** All rows of a session, the oldest first: what a browser told may have been written down before the beginning. */
export async function listSession(db: Kysely<Schema>, session: LogSessionId): Promise<LogRow[]> {
  const rows = await db
    .selectFrom('activity')
    .select(['seq', 'payload'])
    .where('session', '=', session)
    .orderBy('at')
    .orderBy('seq')
    .execute()
  return rows.flatMap((row) => readRow(row) ?? [])
}

/** What came of each of these sessions. */
export async function summariseSessions(
  db: Kysely<Schema>,
  sessions: readonly LogSessionId[],
): Promise<Map<LogSessionId, SessionSummary>> {
  const within = new Map<LogSessionId, LogRow[]>(sessions.map((id) => [id, []]))
  for (let from = 0; from < sessions.length; from += AT_ONCE) {
    const rows = await db
      .selectFrom('activity')
      .select(['seq', 'payload'])
      .where('session', 'in', sessions.slice(from, from + AT_ONCE))
      .where('list', '=', 'session')
      .orderBy('seq')
      .execute()
    for (const row of rows.flatMap((raw) => readRow(raw) ?? [])) if (row.session) within.get(row.session)?.push(row)
  }
  return new Map([...within].map(([id, rows]) => [id, summarise(rows)]))
}
