/** Why a session is over, as both sides' interfaces tell it. */
export type OverReason =
  /** By this side, on purpose. */
  | 'ended-here'
  /** By the other side, on purpose. */
  | 'ended-there'
  /** By the customer, who did not ask for the help. */
  | 'not-asked'
  /** The technician lets go of the ticket, and somebody else goes on; the seat stays. */
  | 'handed-over'
  /** The link broke without a goodbye, and no other came in its place; a new session may be opened at once. */
  | 'lost'
  /** The two sides do not have the same secret. */
  | 'wrong-secret'
  /** What the server relayed was not what the other browser sent. */
  | 'tampered'
  /** No network path between the two browsers within `DIAL_MS`. */
  | 'no-route'
  /** The other side fell silent during the handshake. */
  | 'timeout'
  /** The other side sent over the link what this version does not understand. */
  | 'bad-frame'
  /** The other side speaks another version of the protocol. */
  | 'version'
  /** Too many wrong secrets: the code is worth nothing any more. */
  | 'dead-code'

/** What else an error may know. */
type Detail = {
  /** The other side said so itself, and need not be told. */
  told?: boolean
  /** When the next attempt with this code will be answered, in ms from now. */
  retryAfterMs?: number
}

/** How every module of `peer/` fails; the session turns it into its last state. */
export class LinkError extends Error {
  readonly reason: OverReason
  readonly detail: Detail
  constructor(reason: OverReason, message: string, detail: Detail = {}) {
    super(message)
    this.name = 'LinkError'
    this.reason = reason
    this.detail = detail
  }
}
