import type { Details } from '../../protocol/details.ts'
import type { Presence, TicketHeader } from '../../protocol/ticket.ts'

/** One ticket as the desk shows it. The same object as long as nothing of it changes. */
export type QueueEntry = {
  header: TicketHeader
  presence: Presence
  /** Messages of the customer that nobody has fetched yet. */
  held: number
  /** Undefined where they are not in this browser (yet): only they name the customer and have the code's secret half. */
  details: Details | undefined
  /** `header.state` is what was asked of the server, which has not answered yet. */
  asked: boolean
}
