import * as v from 'valibot'
import { Count, GroupId, Span, TechnicianId, Time } from './ids.ts'
import { MAX_REPORT_DAYS } from './limits.ts'

/** How the help desk does: counts and times of a period, never what was said. */

/** When the days begin, and the last one ends, in the reader's time zone: ms since 1970, ascending, with commas between them. */
const Days = v.pipe(
  v.string(),
  v.maxLength(16 * (MAX_REPORT_DAYS + 1)),
  v.regex(/^\d{1,15}(,\d{1,15})+$/),
  v.transform((text) => text.split(',').map(Number)),
  v.array(Time),
  v.maxLength(MAX_REPORT_DAYS + 1),
  v.check((days) => days.every((day, at) => at === 0 || day > (days[at - 1] ?? day))),
)

export const ReportQuery = v.object({ days: Days, group: v.optional(GroupId), technician: v.optional(TechnicianId) })
export type ReportQuery = v.InferOutput<typeof ReportQuery>

/** Of spans in ms: half of them, and nine of ten, were no longer than this. */
export const Spread = v.strictObject({ count: Count, median: Span, p90: Span })
export type Spread = v.InferOutput<typeof Spread>

/** Null: nothing was measured. */
export const Figures = v.strictObject({
  created: Count,
  resolved: Count,
  sessions: Count,
  /** From each arrival of a customer until somebody turned to it. */
  waiting: v.nullable(Spread),
  /** The same of a ticket's first arrival only. */
  firstAnswer: v.nullable(Spread),
  /** How long sessions were. */
  session: v.nullable(Spread),
  /** From when a ticket was made until it was resolved, also where it was reopened between. */
  resolving: v.nullable(Spread),
  /** How many customers gave the score 1, 2, 3, 4, 5. */
  scores: v.pipe(v.array(Count), v.length(5)),
})
export type Figures = v.InferOutput<typeof Figures>

/** `GET /api/reports`, with `ReportQuery`. A technician: the own groups; an admin: all. */
export const ReportReply = v.strictObject({
  days: v.array(v.strictObject({ from: Time, created: Count, resolved: Count, sessions: Count })),
  all: Figures,
  groups: v.array(v.strictObject({ group: GroupId, figures: Figures })),
  /** A ticket's technician is who has it, or had it when it was resolved. */
  technicians: v.array(v.strictObject({ technician: TechnicianId, figures: Figures })),
})
export type ReportReply = v.InferOutput<typeof ReportReply>
