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
  /** Chat and screen work, since the first link. `canShare`: the other side's browser can capture its screen. */
  | { kind: 'live'; since: Time; canShare: boolean }
  /**
   * The link is cut, since `since`, and a new one is being made under the same keys: `live` or `over` follows. A link that was
   * replaced before anybody missed it goes from `live` to `live`.
   */
  | { kind: 'reconnecting'; since: Time }
  /** The last state. `retryAfterMs`: how long the next attempt with this code is held, where this side knows. */
  | { kind: 'over'; why: OverReason; retryAfterMs?: number }
