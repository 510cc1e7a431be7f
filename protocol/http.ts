import * as v from 'valibot'
import { Name } from './account.ts'
import { Bytes16, Lookup, TicketId, Time, Token } from './ids.ts'
import { Presence, TicketHeader } from './ticket.ts'

/**
 * Bodies of the HTTP routes about tickets, `XRequest` in and `XReply` out; `account.ts`, `people.ts` and `keys.ts` have the
 * others. Refusals have the status and the body of `errors.ts`.
 */

/** `POST /api/tickets`. A technician. The same key again gives the same ticket. */
export const CreateTicketRequest = v.strictObject({ key: Bytes16 })
export type CreateTicketRequest = v.InferOutput<typeof CreateTicketRequest>

export const TicketReply = v.strictObject({ ticket: TicketHeader })
export type TicketReply = v.InferOutput<typeof TicketReply>

/** `GET /api/tickets`. A technician: the open tickets that this technician may see, newest first, with presence. */
export const TicketsReply = v.strictObject({
  tickets: v.array(v.strictObject({ ticket: TicketHeader, presence: Presence })),
})
export type TicketsReply = v.InferOutput<typeof TicketsReply>

/** `POST /api/tickets/:id/expire`. The assignee. Kills the code for good. */
export const ExpireTicketRequest = v.strictObject({
  version: TicketHeader.entries.version,
  why: v.picklist(['withdrawn', 'guessed']),
})
export type ExpireTicketRequest = v.InferOutput<typeof ExpireTicketRequest>

/** `POST /api/join`. Anyone who has a lookup, throttled by address and by code. */
export const JoinRequest = v.strictObject({
  lookup: Lookup,
  /** A token of an earlier join of this ticket (page reloaded): takes its own seat again. */
  resume: v.optional(Token),
})
export type JoinRequest = v.InferOutput<typeof JoinRequest>

export const JoinReply = v.strictObject({
  token: Token,
  ticket: TicketId,
  organisation: Name,
  /** When the token dies, connected or not. */
  expiresAt: Time,
})
export type JoinReply = v.InferOutput<typeof JoinReply>

/** `GET /api/ice`. A technician, or a customer with a join token. Goes into RTCPeerConnection as it is. */
export const IceReply = v.strictObject({
  iceServers: v.array(
    v.strictObject({
      urls: v.array(v.pipe(v.string(), v.regex(/^(stun|turn)s?:/))),
      username: v.optional(v.string()),
      credential: v.optional(v.string()),
    }),
  ),
  /** After this the credentials are refused by the relay: ask again. */
  expiresAt: Time,
})
export type IceReply = v.InferOutput<typeof IceReply>
