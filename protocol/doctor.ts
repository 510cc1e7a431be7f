import * as v from 'valibot'
import { Span, Time } from './ids.ts'

/** The ways that a session may go, each tried by itself: between the browsers, through the relay, and to the server for signals. */
export const Way = v.picklist(['direct', 'turn-udp', 'turn-tcp', 'turn-tls', 'server'])
export type Way = v.InferOutput<typeof Way>

/**
 * `absent`: the server names nothing to try it with. `unknown`: only a link to the other browser can tell. `ms`: until it stood.
 */
export const WayState = v.variant('kind', [
  v.strictObject({ kind: v.literal('works'), ms: Span }),
  v.strictObject({ kind: v.literal('blocked') }),
  v.strictObject({ kind: v.literal('absent') }),
  v.strictObject({ kind: v.literal('unknown') }),
])
export type WayState = v.InferOutput<typeof WayState>

/** What one browser found at `at`, by its own clock. */
export const Checkup = v.strictObject({
  at: Time,
  ways: v.strictObject({
    direct: WayState,
    'turn-udp': WayState,
    'turn-tcp': WayState,
    'turn-tls': WayState,
    server: WayState,
  }),
})
export type Checkup = v.InferOutput<typeof Checkup>

/** Either side, when a person sends it: what this browser found. */
export const CheckupTold = v.strictObject({ type: v.literal('checkup'), checkup: Checkup })
export type CheckupTold = v.InferOutput<typeof CheckupTold>
