import { ICE_MARGIN_MS, type IceServers } from './ice-servers.ts'
import { routeOf } from './route.ts'
import { sleep } from './sleep.ts'

/** Timers know no longer span, in ms. */
const LONGEST_WAIT_MS = 2 ** 31 - 1

type Parts = { connection: RTCPeerConnection; ice: IceServers; renew(): void; signal: AbortSignal }

/** A relay may let go of a link when the credentials expire that it was made with: another link is made before. */
export async function renewInTime({ connection, ice, renew, signal }: Parts) {
  const { expiresAt } = await ice()
  const wait = expiresAt - ICE_MARGIN_MS - Date.now()
  // Nothing is known to expire, or it expires so soon that each link would be followed by the next.
  if (wait < ICE_MARGIN_MS) return
  await sleep(Math.min(wait, LONGEST_WAIT_MS), signal)
  if (!signal.aborted && routeOf(await connection.getStats()).route === 'relayed') renew()
}
