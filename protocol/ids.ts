import * as v from 'valibot'

/** 16 random bytes, base64url without padding. */
export const Bytes16 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/))

/** 32 bytes, base64url without padding. */
export const Bytes32 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))

/** The two ends of a ticket. The technician is CPace's initiator, the customer WebRTC's offerer. */
export const Role = v.picklist(['technician', 'customer'])
export type Role = v.InferOutput<typeof Role>

/** First half of a code: five digits given by the server, unique among the open tickets. */
export const Lookup = v.pipe(v.string(), v.regex(/^\d{5}$/), v.brand('Lookup'))
export type Lookup = v.InferOutput<typeof Lookup>

/** Second half of a code: five digits drawn in the technician's browser. Never sent to the server. */
export const Secret = v.pipe(v.string(), v.regex(/^\d{5}$/), v.brand('Secret'))
export type Secret = v.InferOutput<typeof Secret>

/** A ticket's name on the wire. */
export const TicketId = v.pipe(Bytes16, v.brand('TicketId'))
export type TicketId = v.InferOutput<typeof TicketId>

/** A message of a customer, named by the browser that wrote it. */
export const MessageId = v.pipe(Bytes16, v.brand('MessageId'))
export type MessageId = v.InferOutput<typeof MessageId>

/** An account, as better-auth names it. */
export const TechnicianId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/), v.brand('TechnicianId'))
export type TechnicianId = v.InferOutput<typeof TechnicianId>

export const GroupId = v.pipe(Bytes16, v.brand('GroupId'))
export type GroupId = v.InferOutput<typeof GroupId>

export const InvitationId = v.pipe(Bytes16, v.brand('InvitationId'))
export type InvitationId = v.InferOutput<typeof InvitationId>

/** A mail that waits to be copied. */
export const OutboxId = v.pipe(Bytes16, v.brand('OutboxId'))
export type OutboxId = v.InferOutput<typeof OutboxId>

/** One sign-in of a technician, without being its token. */
export const SignInId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/), v.brand('SignInId'))
export type SignInId = v.InferOutput<typeof SignInId>

export const Language = v.picklist(['en', 'fr'])
export type Language = v.InferOutput<typeof Language>

/** Bearer token of a signed-in technician, or a customer's join token. */
export const Token = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.%+/=-]{16,512}$/), v.brand('Token'))
export type Token = v.InferOutput<typeof Token>

/** Milliseconds since 1970, UTC; no later than there are dates. */
export const Time = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15))
export type Time = v.InferOutput<typeof Time>

/** How many there are: so many as can be counted one by one. */
export const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** A length of time in ms. */
export const Span = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
