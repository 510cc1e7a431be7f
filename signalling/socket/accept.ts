import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import { type Refusal, RefusedError } from '../../protocol/errors.ts'
import { MAX_SOCKET_MESSAGE } from '../../protocol/limits.ts'
import { addressKey, clientAddress } from '../address.ts'
import { statusOf } from '../routes/refusal.ts'
import type { Services } from '../services.ts'
import { fullBucket } from './bucket.ts'
import { detach } from './expel.ts'
import { enter, exit, socketsOf } from './hub.ts'
import type { Connection } from './peer.ts'
import { receive } from './receive.ts'
import { CLOSE, dismiss, tellRefused } from './send.ts'

/** Says `too-large` before ws closes a socket on which too large a message came. */
class SignallingSocket extends WebSocket {
  override close(code?: number, data?: string | Buffer): void {
    if (code === CLOSE.tooLarge && this.readyState === WebSocket.OPEN) {
      this.send(JSON.stringify({ type: 'refused', refusal: { code: 'too-large' } }))
    }
    super.close(code, data)
  }
}

/** Lets in: anybody, within the limits; who it is comes with the `hello`. */
export function acceptSockets(server: Server, services: Services): void {
  const { limits } = services.config
  const options = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_SOCKET_MESSAGE,
    closeTimeout: limits.closeMs,
    WebSocket: SignallingSocket,
  }
  const sockets = new WebSocketServer(options)
  server.on('upgrade', (request, stream, head) => {
    stream.on('error', () => stream.destroy())
    const key = keyOf(services, request)
    const onMesh = pathOf(request) === '/api/mesh'
    admission(services, request, key)
      .then((refusal) => {
        if (refusal) refuseUpgrade(stream, refusal)
        else sockets.handleUpgrade(request, stream, head, (socket) => start(services, socket, stream, { key, onMesh }))
      })
      .catch((error: unknown) => {
        services.log.error({ err: error }, 'a socket could not be opened')
        stream.destroy()
      })
  })
}

/** The signalling socket, and the mesh's. */
const PATHS = new Set(['/api/socket', '/api/mesh'])

function pathOf({ url }: IncomingMessage): string {
  return url?.split('?')[0] ?? ''
}

function keyOf({ config }: Services, request: IncomingMessage): string {
  const forwarded = request.headers['x-forwarded-for']
  const list = Array.isArray(forwarded) ? forwarded.join(',') : forwarded
  return addressKey(clientAddress(request.socket.remoteAddress, list, config.trustedProxies))
}

/** Before the upgrade only what costs nothing is looked at. */
async function admission(services: Services, request: IncomingMessage, key: string): Promise<Refusal | undefined> {
  const { hub, throttles, config } = services
  if (!PATHS.has(pathOf(request))) return { code: 'not-found' }
  const full = hub.connections.size >= config.limits.sockets || hub.strangers.size >= config.limits.pendingHellos
  if (full) return { code: 'unavailable', retryAfterMs: 5_000 }
  try {
    await throttles.socketOpenings.take(key)
    return undefined
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal
    throw error
  }
}

function refuseUpgrade(stream: Duplex, refusal: Refusal): void {
  const body = JSON.stringify(refusal)
  const retry = refusal.retryAfterMs === undefined ? '' : `Retry-After: ${Math.ceil(refusal.retryAfterMs / 1000)}\r\n`
  stream.end(
    `HTTP/1.1 ${statusOf(refusal.code)} Refused\r\nConnection: close\r\nContent-Type: application/json\r\n` +
      `${retry}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    () => stream.destroy(),
  )
}

function start(
  services: Services,
  socket: WebSocket,
  stream: Duplex,
  { key: addressKey, onMesh }: { key: string; onMesh: boolean },
): void {
  const { hub, live, config } = services
  const { limits } = config
  const now = Date.now()
  const helloBy = now + limits.helloMs
  const connection: Connection = {
    socket,
    stream,
    addressKey,
    peer: onMesh ? { kind: 'mesh-stranger', helloBy, held: [], heldBytes: 0 } : { kind: 'stranger', helloBy },
    heardAt: now,
    pingAt: now + limits.pingMs,
    messages: fullBucket(limits.messageBurst, limits.messagesPerSecond, now),
    strikes: fullBucket(limits.strikes, 1, now),
    working: undefined,
    waiting: 0,
    waitingBytes: 0,
  }
  // ws closes the socket by itself; without a listener the error would end the process.
  socket.on('error', () => undefined)
  if (socketsOf(hub, addressKey) >= limits.socketsPerAddress) {
    tellRefused(connection, { code: 'too-many', about: 'socket' })
    dismiss(connection, CLOSE.tryAgainLater)
    return
  }
  enter(hub, connection)
  socket.on('message', (bytes: Buffer, isBinary: boolean) => receive(services, connection, bytes, isBinary))
  socket.on('pong', () => {
    connection.heardAt = Date.now()
  })
  socket.on('close', () => {
    exit(hub, connection)
    detach(live, connection)
  })
}
