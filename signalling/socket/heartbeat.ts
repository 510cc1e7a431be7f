import type { Services } from '../services.ts'
import { settleAll } from '../tickets/live.ts'
import { expel } from './expel.ts'
import type { Connection } from './peer.ts'
import { tellPing } from './send.ts'

/** One timer for all sockets: pings, and ends those that are late, silent, choked or whose token is too old. */
export function startHeartbeat(services: Services, signal: AbortSignal): void {
  const { hub, live, config } = services
  const timer = setInterval(() => {
    const now = Date.now()
    for (const connection of hub.connections) look(services, connection, now)
    settleAll(live, now)
  }, config.limits.heartbeatMs)
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })
}

function look(services: Services, connection: Connection, now: number): void {
  const { limits } = services.config
  const { peer, socket } = connection
  if (now - connection.heardAt > limits.silenceMs || socket.bufferedAmount > limits.maxBuffered) {
    socket.terminate()
  } else if (peer.kind === 'stranger') {
    if (now > peer.helloBy) expel(services.live, connection, { code: 'unauthenticated', about: 'hello' })
  } else if (peer.kind !== 'gone') {
    if (now > peer.expiresAt) void expire(services, connection)
    if (now < connection.pingAt) return
    connection.pingAt = now + limits.pingMs
    tellPing(connection)
  }
}

/** A technician's sign-in grows older and is prolonged by use; a customer's token just ends. */
async function expire(services: Services, connection: Connection): Promise<void> {
  const { auth, log } = services
  const { peer } = connection
  if (peer.kind === 'technician') {
    peer.expiresAt = Number.POSITIVE_INFINITY
    const signedIn = await auth.recognise(peer.token).catch((error: unknown) => {
      log.error({ err: error }, 'a sign-in could not be looked up')
      return undefined
    })
    if (connection.peer !== peer) return
    if (signedIn) {
      peer.expiresAt = signedIn.expiresAt
      return
    }
  }
  expel(services.live, connection, { code: 'unauthenticated' })
}
