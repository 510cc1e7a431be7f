import type { Lookup, TechnicianId, TicketId, Time } from '../../protocol/ids.ts'
import type { TokenHash } from '../tokens.ts'

/** Our tables. Those of the accounts (`user`, `account`, `session`, `verification`) are better-auth's own. */
export type Schema = {
  /** One row, made with the database. */
  instance: { one: 1; id: string; organisation: string | null }
  /** At most one row: the setup link that works, or that was used (`used_at`). */
  setup: { one: 1; token_hash: TokenHash; created_at: Time; used_at: Time | null }
  tickets: {
    id: TicketId
    lookup: Lookup
    state: 'open' | 'expired'
    assignee: TechnicianId | null
    created_by: TechnicianId
    created_at: Time
    expires_at: Time
    /** Both null while it is open. */
    ended_at: Time | null
    ended_why: 'withdrawn' | 'guessed' | 'time' | null
    version: number
  }
  /** Customers' join tokens. */
  joins: { token_hash: TokenHash; ticket: TicketId; created_at: Time; expires_at: Time }
  /** What a technician's key made, so that the same request again makes nothing new. */
  idempotency: { technician: TechnicianId; key: string; ticket: TicketId; created_at: Time }
}
