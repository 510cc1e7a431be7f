import type { Services } from '../services.ts'
import { settleAll } from '../tickets/live.ts'
import { expel } from './expel.ts'
import type { Connection } from './peer.ts'
import { tellPing } from './send.ts'

/** In every turn those are looked at who said no `hello` yet, in every fifth one everybody: a look is a walk through memory. */
const TURNS = 5

/** One timer for all sockets: pings, and ends those that are late, silent, choked or whose token is too old. */
export function startHeartbeat(services: Services, signal: AbortSignal): void {
  const { hub, live, config } = services
  let turn = 0
  const timer = setInterval(() => {
    const now = Date.now()
    turn += 1
    for (const connection of hub.strangers) endLate(services, connection, now)
    if (turn % TURNS === 0) for (const connection of hub.connections) look(services, connection, now)
    settleAll(live, now)
  }, config.limits.heartbeatMs)
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })
}

function endLate({ live }: Services, connection: Connection, now: number): void {
  const { peer, working } = connection
  // What came in time, and waits for the database.
  if (working) return
  if ((peer.kind === 'stranger' || peer.kind === 'mesh-stranger') && now > peer.helloBy) {
    expel(live, connection, { code: 'unauthenticated', about: 'hello' })
  }
}

function look(services: Services, connection: Connection, now: number): void {
  const { limits } = services.config
  const { peer, socket } = connection
  if (now - connection.heardAt > limits.silenceMs || socket.bufferedAmount > limits.maxBuffered) {
    socket.terminate()
  } else if (peer.kind === 'technician' || peer.kind === 'customer' || peer.kind === 'mesh') {
    if (now > peer.expiresAt) void expire(services, connection)
    if (now < connection.pingAt) return
    connection.pingAt = now + limits.pingMs
    // y-webrtc answers no message of ours, every browser a ping of the WebSocket.
    if (peer.kind === 'mesh') socket.ping()
    else tellPing(connection)
  }
}

/** A technician's sign-in grows older and is prolonged by use; a customer's token just ends. */
async function expire(services: Services, connection: Connection): Promise<void> {
  const { auth, log } = services
  const { peer } = connection
  if (peer.kind === 'technician' || peer.kind === 'mesh') {
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
