import * as v from 'valibot'
import { ConsentTopic } from './consent.ts'
import { Bytes16, Count, GroupId, Lookup, Span, TechnicianId, TicketId, Time } from './ids.ts'
import { MAX_CURSOR, MAX_LOG_PAGE, MAX_LOG_SEARCH } from './limits.ts'
import { LogActor, LogEvent, LogGroup, SessionEnd } from './log-event.ts'
import { Score } from './score.ts'

/** The activity log over HTTP. Rows are append-only; each carries the hash of the one before (`signalling/log/chain.ts`). */

/** Counts the rows of the whole log, from 1, without gaps. */
export const LogSeq = v.pipe(v.number(), v.integer(), v.minValue(0))
export type LogSeq = v.InferOutput<typeof LogSeq>

/** One live connection of a technician and a customer. */
export const LogSessionId = v.pipe(Bytes16, v.brand('LogSessionId'))
export type LogSessionId = v.InferOutput<typeof LogSessionId>

/** `session`: what happened within a session; read with the session, and in none of the lists. */
export const LogList = v.picklist(['web', 'remote', 'session'])
export type LogList = v.InferOutput<typeof LogList>

/** What is hashed of a row: as JSON, its keys in this order. */
export const LogPayload = v.strictObject({
  at: Time,
  list: LogList,
  by: LogActor,
  /** The network address of the technician or stranger; null for customers, whose addresses are not kept, and the server. */
  from: v.nullable(v.string()),
  /** Whom it was done to: an account. */
  whom: v.nullable(v.strictObject({ id: TechnicianId, name: v.string() })),
  group: v.nullable(LogGroup),
  ticket: v.nullable(v.strictObject({ id: TicketId, lookup: Lookup })),
  session: v.nullable(LogSessionId),
  /** A technician's browser says so; the server did not see it. */
  told: v.boolean(),
  event: LogEvent,
})
export type LogPayload = v.InferOutput<typeof LogPayload>

/** A row as it is read. `from` is null where the reader may not see it. */
export const LogRow = v.strictObject({ seq: LogSeq, ...LogPayload.entries })
export type LogRow = v.InferOutput<typeof LogRow>

/** What came of a session until now, from its rows. */
export const SessionSummary = v.strictObject({
  /** Null while it goes on. */
  end: v.nullable(v.strictObject({ at: Time, durationMs: v.nullable(Span), why: SessionEnd })),
  /** What the customer allowed, each topic once. */
  granted: v.array(ConsentTopic),
  recordings: Count,
  snapshots: Count,
  calls: Count,
  /** Those that went all the way. */
  files: Count,
  bytes: Count,
  route: v.nullable(v.picklist(['direct', 'relayed'])),
  /** What the customer thinks of it; null: has not said so. */
  score: v.nullable(Score),
})
export type SessionSummary = v.InferOutput<typeof SessionSummary>

/** A text of the query that is a number. */
const whole = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number))

/** By what a list is in order. `duration`, `end` and `rating`: a session's. One that goes on is shorter than all, and without a rating behind all. */
export const LogSort = v.picklist(['time', 'who', 'kind', 'group', 'duration', 'end', 'rating'])
export type LogSort = v.InferOutput<typeof LogSort>

/** Rows that are alike in it are the newest first where the order ascends, and the other way round where it descends; times are in it as they are. */
export const SortOrder = v.picklist(['ascending', 'descending'])
export type SortOrder = v.InferOutput<typeof SortOrder>

/** By what each list can be in order; anything else is `malformed`. */
export const LIST_SORTS = {
  web: ['time', 'who', 'kind', 'group'],
  remote: ['time', 'who', 'group', 'duration', 'end', 'rating'],
} as const satisfies Record<'web' | 'remote', readonly LogSort[]>

/** Of the lists. Times: `from` ≤ row < `until`. `export`: the page is one of an export, of which the first is written down. */
export const LogQuery = v.object({
  group: v.optional(GroupId),
  technician: v.optional(TechnicianId),
  from: v.optional(v.pipe(whole, Time)),
  until: v.optional(v.pipe(whole, Time)),
  search: v.optional(v.pipe(v.string(), v.maxLength(MAX_LOG_SEARCH))),
  sort: v.optional(LogSort, 'time'),
  order: v.optional(SortOrder, 'descending'),
  cursor: v.optional(v.pipe(v.string(), v.maxLength(MAX_CURSOR))),
  limit: v.optional(v.pipe(whole, v.minValue(1), v.maxValue(MAX_LOG_PAGE)), '50'),
  export: v.optional(v.literal('1')),
})
export type LogQuery = v.InferOutput<typeof LogQuery>

const page = {
  /** Asks for what is behind this page; null: there is nothing. A page may be short, even empty, before the end is reached. */
  next: v.nullable(v.string()),
}

/**
 * `GET /api/log/web`, with `LogQuery`. A technician: what one did or was done to one, and what happened to the tickets of the own groups; an admin:
 * all of it.
 */
export const WebLogReply = v.strictObject({ rows: v.array(LogRow), ...page })
export type WebLogReply = v.InferOutput<typeof WebLogReply>

/** `GET /api/log/remote`, with `LogQuery`. A technician: the own sessions and those of the own groups; an admin: all. */
export const RemoteLogReply = v.strictObject({
  rows: v.array(v.strictObject({ row: LogRow, summary: SessionSummary })),
  ...page,
})
export type RemoteLogReply = v.InferOutput<typeof RemoteLogReply>

/** `GET /api/log/sessions/:id`. Who may see the session: its rows, the oldest first. */
export const SessionLogReply = v.strictObject({ rows: v.array(LogRow) })
export type SessionLogReply = v.InferOutput<typeof SessionLogReply>

/** `POST /api/log/taken-away`. A technician: this browser wrote that into a file; 204. A ticket is one that one may see. */
export const TakenAway = v.variant('which', [
  v.strictObject({ which: v.picklist(['ticket', 'images']), ticket: TicketId }),
  v.strictObject({ which: v.picklist(['report', 'backup']) }),
])
export type TakenAway = v.InferOutput<typeof TakenAway>

/** `GET /api/log/head`. An admin: the newest row's number and hash, to be kept elsewhere. `hash`: hex. */
export const LogHeadReply = v.strictObject({ seq: LogSeq, hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) })
export type LogHeadReply = v.InferOutput<typeof LogHeadReply>
