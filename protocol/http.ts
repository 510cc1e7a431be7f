import * as v from 'valibot'
import { Bytes16, Bytes32, Lookup, TechnicianId, TicketId, Time, Token } from './ids.ts'
import { Presence, TicketHeader } from './ticket.ts'

/** Bodies of the HTTP routes, `XRequest` in and `XReply` out. Refusals have the status and the body of `errors.ts`. */

const Name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80))
const Email = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.email(), v.maxLength(254))
/** The half of the stretched password that signs in. The server never sees the password. */
const SignInKey = Bytes32

/** `GET /api/instance`. Anyone. */
export const InstanceReply = v.strictObject({
  /** Random, made once; salts the stretching of passwords. */
  instance: Bytes16,
  organisation: v.nullable(Name),
  /** False until the setup link was used. */
  ready: v.boolean(),
  protocol: v.number(),
})
export type InstanceReply = v.InferOutput<typeof InstanceReply>

/** What stands behind the `#` of a setup link. */
export const SetupToken = Bytes32

/** `POST /api/setup`. Whoever holds the setup token, once. */
export const SetupRequest = v.strictObject({
  setupToken: SetupToken,
  organisation: Name,
  name: Name,
  email: Email,
  signInKey: SignInKey,
})
export type SetupRequest = v.InferOutput<typeof SetupRequest>

/** `POST /api/sign-in`. Anyone, throttled. */
export const SignInRequest = v.strictObject({ email: Email, signInKey: SignInKey })
export type SignInRequest = v.InferOutput<typeof SignInRequest>

/** The signed-in technician: `GET /api/me`, and with a new token the reply to setup and sign-in. */
export const Me = v.strictObject({
  id: TechnicianId,
  name: Name,
  email: v.string(),
  admin: v.boolean(),
  organisation: Name,
})
export type Me = v.InferOutput<typeof Me>

export const SignedInReply = v.strictObject({ token: Token, me: Me })
export type SignedInReply = v.InferOutput<typeof SignedInReply>

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
