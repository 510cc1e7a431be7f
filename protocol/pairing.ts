import * as v from 'valibot'
import { Bytes16, Bytes32, Span } from './ids.ts'
import { LastWord } from './last-word.ts'
import { MAX_RELAY_DATA } from './limits.ts'

/**
 * What two browsers say to each other through the server's relay: first the CPace handshake over the code's secret half,
 * then only sealed signals. Technician = CPace initiator A, customer = responder B. Binary is base64url without padding.
 *
 *   A → B  start    sid, Ya
 *   B → A  reply    Yb, tag B      the guess is on the table: a wrong one is seen here, and counted, by A
 *   A → B  confirm  tag A          only to a right tag B
 *   both   sealed   counter, dial, box   what makes a link, from here on and again after each cut
 *   B → A  anew     sid            this page knows no such session: start once more
 */

export const PairStart = v.strictObject({ type: v.literal('start'), version: v.number(), sid: Bytes16, ya: Bytes32 })
export const PairReply = v.strictObject({ type: v.literal('reply'), sid: Bytes16, yb: Bytes32, tag: Bytes32 })
export const PairConfirm = v.strictObject({ type: v.literal('confirm'), sid: Bytes16, tag: Bytes32 })

/** Why one side gives up. It is not sealed, so it can only end things, never begin them. */
export const AbortReason = v.picklist(['wrong-secret', 'tampered', 'timeout', 'version', 'dead-code'])
export type AbortReason = v.InferOutput<typeof AbortReason>
export const PairAbort = v.strictObject({ type: v.literal('abort'), reason: AbortReason })

/** The technician's desk waits before it answers the next attempt, ms from now. */
export const PairWait = v.strictObject({
  type: v.literal('wait'),
  forMs: v.pipe(Span, v.maxValue(600_000)),
})

/** Customer: the page has begun anew, and has no keys of that session. Not sealed: it only ends what has no link any more. */
export const PairAnew = v.strictObject({ type: v.literal('anew'), sid: Bytes16 })

const Uint32 = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff))

/**
 * AES-256-GCM of a `Signal`; `n` counts up by one from 0 for each direction of a session, over all its dials. `dial`: which link
 * of the session it is about, from 0; bound into the seal as well.
 */
export const PairSealed = v.strictObject({
  type: v.literal('sealed'),
  sid: Bytes16,
  n: Uint32,
  dial: Uint32,
  box: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.maxLength(MAX_RELAY_DATA)),
})
export type PairSealed = v.InferOutput<typeof PairSealed>

export const PairMessage = v.variant('type', [
  PairStart,
  PairReply,
  PairConfirm,
  PairAbort,
  PairWait,
  PairSealed,
  PairAnew,
])
export type PairMessage = v.InferOutput<typeof PairMessage>

/** What makes one link, as simple-peer calls its signals. The customer offers. */
export const DialSignal = v.variant('type', [
  v.strictObject({ type: v.literal('offer'), sdp: v.string() }),
  v.strictObject({ type: v.literal('answer'), sdp: v.string() }),
  v.strictObject({
    type: v.literal('candidate'),
    candidate: v.strictObject({
      candidate: v.string(),
      sdpMid: v.nullish(v.string()),
      sdpMLineIndex: v.nullish(v.number()),
      usernameFragment: v.nullish(v.string()),
    }),
  }),
])
export type DialSignal = v.InferOutput<typeof DialSignal>

/** Technician: please offer this dial, once more where an offer of it was sent already. */
export const Redial = v.strictObject({ type: v.literal('redial') })

/** Inside a seal. */
export const Signal = v.variant('type', [DialSignal, Redial, LastWord])
export type Signal = v.InferOutput<typeof Signal>
