import * as v from 'valibot'
import { Count, TicketId } from './ids.ts'
import { MAX_GONE_ASKED } from './limits.ts'
import { TicketHeader } from './ticket.ts'

/** How long the help desk keeps what is over, and what is deleted by hand. */

/** Null: for good. */
export const Days = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3650)))

/**
 * `GET` and `POST /api/retention`, an admin. `ticketDays`: from when a ticket was resolved or has expired, until it is deleted with all
 * that belongs to it; `mediaDays`: from when an image or a recording was made, until it is deleted wherever it is, its ticket or not; `logDays`:
 * until rows of the activity log are emptied, of which only the link of the chain stays.
 */
export const Retention = v.strictObject({ ticketDays: Days, mediaDays: Days, logDays: Days })
export type Retention = v.InferOutput<typeof Retention>

/** `POST /api/retention/preview` with `Retention`, an admin: how much it would take away now. `media`: of those that rest with the server; it does not know the browsers'. */
export const RetentionPreview = v.strictObject({ tickets: Count, media: Count, logRows: Count })
export type RetentionPreview = v.InferOutput<typeof RetentionPreview>

/** `POST /api/tickets/gone`. A technician: which of these tickets were deleted, so that this browser deletes what it has of them. */
export const GoneRequest = v.strictObject({ tickets: v.pipe(v.array(TicketId), v.maxLength(MAX_GONE_ASKED)) })
export type GoneRequest = v.InferOutput<typeof GoneRequest>

export const GoneReply = v.strictObject({ gone: v.array(TicketId) })
export type GoneReply = v.InferOutput<typeof GoneReply>

/**
 * `POST /api/tickets/:id/delete`. An admin: the ticket, its case, its board and all else of it, for good. 204; `conflict` while it is open, or
 * where it was changed since it had this version.
 */
export const DeleteTicketRequest = v.strictObject({ version: TicketHeader.entries.version })
export type DeleteTicketRequest = v.InferOutput<typeof DeleteTicketRequest>
