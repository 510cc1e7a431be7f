import * as v from 'valibot'
import { Refusal } from './errors.ts'
import { FileRules } from './file-rules.ts'
import { HeldMessage } from './held.ts'
import { Bytes16, Count, MessageId, Role, Span, TechnicianId, TicketId, Time, Token } from './ids.ts'
import { PublicKey } from './keys.ts'
import { MAX_PUSHED_UPDATE, MAX_RELAY_DATA } from './limits.ts'
import { ToldEvent } from './log-event.ts'
import { MediaAnswer, MediaAnswered, MediaAsk, MediaAsked } from './media.ts'
import { RoomName, Sealed, Seq, Stamp } from './rooms.ts'
import { Score } from './score.ts'
import { Presence, TicketHeader } from './ticket.ts'
import { TicketCause } from './ticket-cause.ts'

/**
 * Messages of the one signalling socket, `/api/socket`, JSON text. The first one is `hello`, within 5 s.
 * A union for each direction and role; the server decodes with the union of the role that it authenticated.
 */

/** Opens the socket. The token says who it is: a technician's bearer token, or a customer's join token. */
export const Hello = v.strictObject({
  type: v.literal('hello'),
  version: v.number(),
  role: Role,
  token: Token,
  /** A technician's background: hears what a desk hears, and does not count as being at the desk. */
  pager: v.optional(v.literal(true)),
})
export type Hello = v.InferOutput<typeof Hello>

/**
 * Between the two browsers of a ticket. The server checks the sender's right to the ticket and forwards the bytes as they came;
 * `data` is a `PairMessage` (`pairing.ts`) that it does not read. From a customer the ticket must be the one of the token.
 */
export const Relay = v.strictObject({
  type: v.literal('relay'),
  ticket: TicketId,
  data: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_RELAY_DATA)),
})
export type Relay = v.InferOutput<typeof Relay>

/** Either side asks the other whether it is still there. */
export const Ping = v.strictObject({ type: v.literal('ping') })

/** Answer to a `ping`. */
export const Pong = v.strictObject({ type: v.literal('pong') })

/** Assignee: this socket takes care of the ticket's customer. `take` ends the care of another window of the same technician. */
export const Attend = v.strictObject({ type: v.literal('attend'), ticket: TicketId, take: v.boolean() })

/** Attending socket: no longer. The customer waits again. */
export const Unattend = v.strictObject({ type: v.literal('unattend'), ticket: TicketId })

/** Attending socket: the link is up or down; the server shows it as presence. */
export const LinkState = v.strictObject({ type: v.literal('link-state'), ticket: TicketId, live: v.boolean() })

/** Attending socket: the technician did something for this customer (wrote, asked for the screen, opened the session). */
export const Answered = v.strictObject({ type: v.literal('answered'), ticket: TicketId })

/** Attending socket: something of the session for the activity log, which the server cannot see. */
export const LogRemote = v.strictObject({ type: v.literal('log-remote'), ticket: TicketId, event: ToldEvent })

/** A member of the room: have what is appended to its mailbox pushed to this socket, from the `room` that answers on; and no longer. */
export const Watch = v.strictObject({ type: v.literal('watch'), room: RoomName })
export const Unwatch = v.strictObject({ type: v.literal('unwatch'), room: RoomName })

/** Why a customer loses the seat. `ended`: the technician ended the session. */
export const TurnAwayReason = v.picklist(['wrong-secret', 'no-answer', 'ended', 'dead-code', 'resolved'])
export type TurnAwayReason = v.InferOutput<typeof TurnAwayReason>

/** Attending socket: takes the seat from the customer who is on the ticket. */
export const TurnAway = v.strictObject({
  type: v.literal('turn-away'),
  ticket: TicketId,
  reason: TurnAwayReason,
  /** For `wrong-secret`: when the next attempt will be answered, ms from now. */
  retryAfterMs: v.optional(Span),
})

/**
 * Customer: keep this for whoever comes. The same id again replaces what is kept. Answered with `held`, or refused with `quota`.
 */
export const Hold = v.strictObject({ type: v.literal('hold'), ...HeldMessage.entries })

/** Customer: gives up the seat; the ticket stays open. */
export const Leave = v.strictObject({ type: v.literal('leave') })

export const TechnicianToServer = v.variant('type', [
  Relay,
  Ping,
  Pong,
  Attend,
  Unattend,
  LinkState,
  Answered,
  TurnAway,
  LogRemote,
  Watch,
  Unwatch,
  MediaAsk,
  MediaAnswer,
])
export type TechnicianToServer = v.InferOutput<typeof TechnicianToServer>

export const CustomerToServer = v.variant('type', [Relay, Ping, Pong, Hold, Leave])
export type CustomerToServer = v.InferOutput<typeof CustomerToServer>

/** The `hello` was accepted. */
export const Welcome = v.strictObject({ type: v.literal('welcome'), now: Time })

/** A message was refused; the socket stays open unless the next thing that comes is its close. */
export const Refused = v.strictObject({ type: v.literal('refused'), refusal: Refusal })

/** To technicians who may see the ticket: it is new, or it changed. `cause`: the server did it by itself. */
export const TicketChanged = v.strictObject({
  type: v.literal('ticket'),
  ticket: TicketHeader,
  cause: v.optional(TicketCause),
})

/** To technicians who saw the ticket and may not any more: it went to another group, or was deleted. */
export const TicketGone = v.strictObject({ type: v.literal('ticket-gone'), ticket: TicketId })

/**
 * To the sockets that watch the room: an entry was appended. `sealed` is null where it is too long for the socket: pull.
 * Also the answer to `watch`, with the newest entry there is and null: whoever has not read it pulls.
 */
export const RoomUpdated = v.strictObject({
  type: v.literal('room'),
  room: RoomName,
  seq: Seq,
  /** Null: the room has no entry yet. */
  stamp: v.nullable(Stamp),
  /** Of the entry before it, where `sealed` is here and there is one. */
  before: v.nullable(Stamp),
  sealed: v.nullable(v.pipe(Sealed, v.maxLength(MAX_PUSHED_UPDATE))),
})

/** To technicians who may see the ticket: where its customer is. */
export const PresenceChanged = v.strictObject({ type: v.literal('presence'), ticket: TicketId, presence: Presence })

/** To technicians who may see the ticket: so many messages of its customer are held now. */
export const HeldChanged = v.strictObject({ type: v.literal('held-count'), ticket: TicketId, held: Count })

/** To technicians who may see the ticket: its customer says what the session with `technician` was like. */
export const Rated = v.strictObject({
  type: v.literal('rated'),
  ticket: TicketId,
  technician: TechnicianId,
  score: Score,
})

/** To technicians who may see them: groups, technicians, invitations or keyrings changed. Ask again for what you show. */
export const PeopleChanged = v.strictObject({ type: v.literal('people') })

/** To the attending socket: another window of the same technician took over. */
export const AttendedElsewhere = v.strictObject({ type: v.literal('attended-elsewhere'), ticket: TicketId })

/**
 * To the customer: who attends now, by the name of the account. `who` is never shown: it tells one technician from another of the same
 * name, on this ticket only.
 */
export const Attended = v.strictObject({
  type: v.literal('attended'),
  technician: v.pipe(v.string(), v.maxLength(80)),
  who: Bytes16,
})
export type Attended = v.InferOutput<typeof Attended>

/**
 * To the customer: nobody attends any more; keep waiting. `socket`: only the socket of whoever attended is gone, and a link that is up
 * goes on; `released`: whoever attended may not any more, and a link ends.
 */
export const Unattended = v.strictObject({ type: v.literal('unattended'), why: v.picklist(['socket', 'released']) })
export type Unattended = v.InferOutput<typeof Unattended>

/** To the customer, after `welcome` and when it changes: seals what is to be held; null: the group has no keys yet. */
export const GroupKeyChanged = v.strictObject({ type: v.literal('group-key'), groupKey: v.nullable(PublicKey) })

/** To the customer: the message is kept, sealed, for whoever comes. */
export const Held = v.strictObject({ type: v.literal('held'), id: MessageId })

/**
 * To the customer until somebody answers: so many of the same group came before and wait as well, and how long it mostly takes (ms;
 * null: too few were answered lately to say).
 */
export const StandingChanged = v.strictObject({
  type: v.literal('standing'),
  ahead: Count,
  typicalMs: v.nullable(Span),
})

/** To the customer: somebody has turned to this request; no `standing` follows until that ends. */
export const AnsweredNow = v.strictObject({ type: v.literal('answered') })

/** How a customer stands in the line: what the server said last. */
export type Standing = v.InferOutput<typeof StandingChanged> | v.InferOutput<typeof AnsweredNow>

/** To the customer, after `welcome` and when an admin changes them: which files may be exchanged from now on. */
export const FileRulesChanged = v.strictObject({ type: v.literal('file-rules'), rules: FileRules })

/** To the customer, before its socket closes. */
export const TurnedAway = v.strictObject({
  type: v.literal('turned-away'),
  reason: TurnAwayReason,
  retryAfterMs: v.optional(Span),
})

export const ServerToTechnician = v.variant('type', [
  Welcome,
  Ping,
  Pong,
  Refused,
  Relay,
  TicketChanged,
  TicketGone,
  PresenceChanged,
  HeldChanged,
  Rated,
  PeopleChanged,
  RoomUpdated,
  AttendedElsewhere,
  MediaAsked,
  MediaAnswered,
])
export type ServerToTechnician = v.InferOutput<typeof ServerToTechnician>

export const ServerToCustomer = v.variant('type', [
  Welcome,
  Ping,
  Pong,
  Refused,
  Relay,
  Attended,
  Unattended,
  GroupKeyChanged,
  Held,
  StandingChanged,
  AnsweredNow,
  FileRulesChanged,
  TurnedAway,
])
export type ServerToCustomer = v.InferOutput<typeof ServerToCustomer>
