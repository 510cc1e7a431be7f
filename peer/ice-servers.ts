import type { IceReply } from '../protocol/http.ts'
import { sleep } from './sleep.ts'

/** What RTCPeerConnection gets, good until `expiresAt`. */
export type IceServers = () => Promise<IceReply>

/** A link is made anew when so little is left of the credentials that it was made with, in ms. */
export const ICE_MARGIN_MS = 60_000
/** Whoever has credentials does not wait longer than this for better ones, in ms. */
const PATIENCE_MS = 3000
/** One network needs no servers. */
const NONE: IceReply = { iceServers: [], expiresAt: 0 }

/** Keeps what the server said, and asks again before it expires. Without an answer: what there was, or none. */
export function keepIce(ask: () => Promise<IceReply>, signal: AbortSignal): IceServers {
  let latest: IceReply | undefined
  let asking: Promise<void> | undefined
  return async () => {
    // A link that begins with them shall stand for a while before it is renewed.
    if (latest && latest.expiresAt - 2 * ICE_MARGIN_MS > Date.now()) return latest
    asking ??= ask()
      .then((reply) => {
        latest = reply
      })
      .catch(() => {})
      .finally(() => {
        asking = undefined
      })
    await (latest ? Promise.race([asking, sleep(PATIENCE_MS, signal)]) : asking)
    return latest ?? NONE
  }
}
