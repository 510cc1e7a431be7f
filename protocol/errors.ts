import * as v from 'valibot'
import { Span, TicketId } from './ids.ts'

/**
 * Every reason for which the server refuses. The interface has one sentence for each, in each language
 * (`components/ui/refusal.ts`); the server never sends prose.
 */
export const RefusalCode = v.picklist([
  /** Not JSON, or not of the schema. */
  'malformed',
  /** Larger than its type may be. */
  'too-large',
  /** Too many in too short a time; `retryAfterMs` says when again. */
  'too-many',
  /** No token, or one that is not valid any more. */
  'unauthenticated',
  /** A valid token, but not for this. */
  'forbidden',
  /** Address or password is wrong: never says which. */
  'wrong-credentials',
  /** No open ticket has this lookup: mistyped, resolved or expired. */
  'unknown-code',
  /** There was such a ticket, but its code is dead: expired, withdrawn, or guessed at too often. */
  'dead-code',
  /** Another customer is on this code right now. */
  'code-in-use',
  /** The setup link was used, or never was one. */
  'setup-over',
  /** The code of the second step is wrong. */
  'wrong-code',
  /** The code of the second step was used, tried too often or is too old, or the first step was too long ago. */
  'code-over',
  /** The invitation was redeemed, revoked or is too old, or never was one. */
  'invitation-over',
  /** The link to reset a password was used or is too old, or never was one. */
  'reset-over',
  /** Another group has this name. */
  'name-taken',
  /** The group still has technicians, invitations or tickets. */
  'group-in-use',
  /** Nobody would be left who could administer. */
  'last-admin',
  /** No mail server is configured, and it needs one. */
  'no-mail',
  /** There is no such thing (any more), or it is not yours to see. */
  'not-found',
  /** The mailbox of the room, or what a customer may leave, is full. */
  'quota',
  /** Somebody changed it first; read it again. */
  'conflict',
  /** Another window of the same technician attends this ticket. */
  'attended-elsewhere',
  /** The other side is not there at the moment; nothing was delivered. */
  'nobody-there',
  /** Another version of the protocol. */
  'version',
  /** The server is full, stopping or broken; try again. */
  'unavailable',
])
export type RefusalCode = v.InferOutput<typeof RefusalCode>

/** A refusal as it travels, in HTTP bodies and on the socket. */
export const Refusal = v.strictObject({
  code: RefusalCode,
  /** When trying again makes sense, in ms from now. */
  retryAfterMs: v.optional(Span),
  /** The field or message type that it is about, as the protocol names it. */
  about: v.optional(v.pipe(v.string(), v.maxLength(64))),
  /** The ticket of the refused message, where the answer would not be clear without. */
  ticket: v.optional(TicketId),
})
export type Refusal = v.InferOutput<typeof Refusal>

/** Thrown by clients and routes; `refusal` is what travels. */
export class RefusedError extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.about ? `${refusal.code} (${refusal.about})` : refusal.code)
    this.name = 'RefusedError'
    this.refusal = refusal
  }
}
