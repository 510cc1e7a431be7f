import * as v from 'valibot'
import { Name } from './account.ts'
import { FileRules } from './file-rules.ts'
import { HeldMessage } from './held.ts'
import { Bytes16, Count, GroupId, Lookup, TechnicianId, TicketId, Time, Token } from './ids.ts'
import { MAX_DETAILS_ASKED, MAX_HELD_MESSAGES } from './limits.ts'
import { Sealed, TicketEvent } from './rooms.ts'
import { Presence, TicketHeader } from './ticket.ts'

/**
 * Bodies of the HTTP routes about tickets, `XRequest` in and `XReply` out; `account.ts`, `people.ts` and `keys.ts` have the
 * others. Refusals have the status and the body of `errors.ts`.
 */

/** `POST /api/tickets`. A member of the group, or an admin. The same key again gives the same ticket. */
export const CreateTicketRequest = v.strictObject({
  key: Bytes16,
  group: GroupId,
  /** A member of the group, or an admin; null: whoever takes it. */
  assignee: v.nullable(TechnicianId),
})
export type CreateTicketRequest = v.InferOutput<typeof CreateTicketRequest>

export const TicketReply = v.strictObject({ ticket: TicketHeader })
export type TicketReply = v.InferOutput<typeof TicketReply>

/**
 * `GET /api/tickets?state=STATE&cursor=CURSOR`. A technician: the tickets that one may see (of the own groups, those where one is
 * a second; an admin all), newest first, a page at a time. `state=open`, also without it: the open ones with presence, and those
 * that expired within a week. `state=` one of `OverState`: those that are over, the last that ended first.
 */
export const TicketsReply = v.strictObject({
  tickets: v.array(
    v.strictObject({
      ticket: TicketHeader,
      presence: Presence,
      /** Messages that its customer left and nobody has fetched yet. */
      held: Count,
    }),
  ),
  /** Asks for the page behind this one; null: there is none. */
  next: v.nullable(v.string()),
})
export type TicketsReply = v.InferOutput<typeof TicketsReply>

/** `GET /api/tickets/:id`. Who may see it. */

/**
 * Details that rest on the server's row. `group`: sealed with the group's key, as its rooms are. `moved`: an age file for the key of
 * the group that the ticket came to.
 */
export const SealedDetails = v.variant('kind', [
  v.strictObject({ kind: v.literal('group'), sealed: Sealed }),
  v.strictObject({ kind: v.literal('moved'), sealed: Sealed }),
])
export type SealedDetails = v.InferOutput<typeof SealedDetails>

/** `GET /api/tickets/:id/details`. Who may see the ticket. */
export const DetailsReply = v.strictObject({ details: v.nullable(SealedDetails) })
export type DetailsReply = v.InferOutput<typeof DetailsReply>

/** `POST /api/tickets/details`. A technician: of several at once. Those that one may not see, or that have none, are left out. */
export const ManyDetailsRequest = v.strictObject({ tickets: v.pipe(v.array(TicketId), v.maxLength(MAX_DETAILS_ASKED)) })
export type ManyDetailsRequest = v.InferOutput<typeof ManyDetailsRequest>
export const ManyDetailsReply = v.strictObject({
  found: v.array(v.strictObject({ ticket: TicketId, details: SealedDetails })),
})
export type ManyDetailsReply = v.InferOutput<typeof ManyDetailsReply>

/** Which of the tickets that are over: `over` are both. */
export const OverState = v.picklist(['resolved', 'expired', 'over'])
export type OverState = v.InferOutput<typeof OverState>

/**
 * `POST /api/tickets/:id/details`. Who may see the ticket, of one that expired: its details, with the group's key, rest on its row from here on.
 * 204; those that rest there already stay, `conflict` where it did not expire.
 */
export const FileDetailsRequest = v.strictObject({ sealed: Sealed })
export type FileDetailsRequest = v.InferOutput<typeof FileDetailsRequest>

/** By what tickets that are over are in order: `time` when they ended; the newest are first in each group, and of each assignee. */
export const ResolvedSort = v.picklist(['time', 'code', 'group', 'assignee'])
export type ResolvedSort = v.InferOutput<typeof ResolvedSort>

/** `GET /api/tickets/:id/events`. Who may see the ticket: its timeline, the oldest first. */
export const TicketEventsReply = v.strictObject({ events: v.array(TicketEvent) })
export type TicketEventsReply = v.InferOutput<typeof TicketEventsReply>

/**
 * What may be done with a ticket. A member of its group assigns it and reopens it; the assignee, an admin, or any member while
 * nobody has it, does the rest. An assignee or a second is a member of the group or an admin.
 */
export const TicketChange = v.variant('kind', [
  v.strictObject({ kind: v.literal('assign'), assignee: v.nullable(TechnicianId) }),
  /**
   * Nobody has it afterwards, and its seconds are gone. `sealed`: the details for the new group, an age file. `held`: what the
   * customer left, sealed anew for that group; what is not there any more by then is passed over.
   */
  v.strictObject({
    kind: v.literal('move'),
    group: GroupId,
    sealed: Sealed,
    held: v.optional(v.pipe(v.array(HeldMessage), v.maxLength(MAX_HELD_MESSAGES))),
  }),
  v.strictObject({ kind: v.literal('second'), technician: TechnicianId, invited: v.boolean() }),
  /** `sealed`: the details, with the group's key. The code is dead until the ticket is reopened. */
  v.strictObject({ kind: v.literal('resolve'), sealed: Sealed }),
  /** With the same lookup where no open ticket has it by now, else with another. Assigned to who reopens it. */
  v.strictObject({ kind: v.literal('reopen') }),
  /** Kills the code for good. */
  v.strictObject({ kind: v.literal('expire'), why: v.picklist(['withdrawn', 'guessed']) }),
])
export type TicketChange = v.InferOutput<typeof TicketChange>

/**
 * `POST /api/tickets/:id/changes`. As `TicketChange` says; `forbidden` for who only sees the ticket. `conflict` where `version` is
 * not the present one: read the ticket again. The same key again changes nothing and gives the ticket as it is. The reply is
 * `TicketReply`.
 */
export const ChangeTicketRequest = v.strictObject({
  version: TicketHeader.entries.version,
  key: Bytes16,
  change: TicketChange,
})
export type ChangeTicketRequest = v.InferOutput<typeof ChangeTicketRequest>

/** `POST /api/join`. Anyone who has a lookup, throttled by address and by code. */
export const JoinRequest = v.strictObject({
  lookup: Lookup,
  /** A token of an earlier join of this ticket (page reloaded): takes its own seat again. */
  resume: v.optional(Token),
})
export type JoinRequest = v.InferOutput<typeof JoinRequest>

/**
 * `POST /api/join/not-asked`, with the join token. Its customer did not ask for the help: the code is blocked, those who may see the
 * ticket are told, the admins by mail, too. 204, also again; `dead-code` where the ticket was over for another reason, `code-in-use`
 * where another customer has the seat.
 */

export const JoinReply = v.strictObject({
  token: Token,
  ticket: TicketId,
  organisation: Name,
  files: FileRules,
  /** Whether one is asked, after a session, what it was like. */
  asksRating: v.boolean(),
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
