import type { Time } from '../protocol/ids.ts'
import type { OverReason } from './link-error.ts'

/** How a session stands, for the interface of either side. */
export type SessionState =
  /** Waiting for the other browser, or proving the secret to it. */
  | { kind: 'pairing' }
  /** Wrong secrets were tried: the next attempt is answered at `until`. */
  | { kind: 'held'; until: Time }
  /** Proven; the link is being made. */
  | { kind: 'connecting' }
  /** Chat and screen work. `canShare`: the other side's browser can capture its screen. */
  | { kind: 'live'; since: Time; canShare: boolean }
  /** The last state. `retryAfterMs`: how long the next attempt with this code is held, where this side knows. */
  | { kind: 'over'; why: OverReason; retryAfterMs?: number }
