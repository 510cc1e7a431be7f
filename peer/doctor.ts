import type { Checkup, Way, WayState } from '../protocol/doctor.ts'
import type { IceReply } from '../protocol/http.ts'
import { wayOf } from './doctor-rules.ts'
import type { RouteTaken } from './route.ts'

type Servers = IceReply['iceServers']

export type DoctorOptions = {
  /** What the server names; empty without an answer. */
  ice: Servers
  /** By which way the link goes that is up: one page alone cannot know whether another is reached directly. */
  route: RouteTaken['route']
  /** `wss://HOST/api/socket`. */
  socketUrl: string
  /** Each way as soon as it is known. */
  onFound(way: Way, state: WayState): void
  signal: AbortSignal
}

/** A way that does not stand by then is blocked, in ms: TLS on a slow line needs several turns. */
const PATIENCE_MS = 8000

/** Tries each way by itself, all at once, without camera, microphone or anybody else. @throws the signal's reason */
export async function checkConnection({ ice, route, socketUrl, onFound, signal }: DoctorOptions): Promise<Checkup> {
  // Whoever closed it while the server was asked is not to find connections that nobody closes.
  signal.throwIfAborted()
  const told = async (way: Way, trying: Promise<WayState>): Promise<WayState> => {
    const state = await trying
    if (!signal.aborted) onFound(way, state)
    return state
  }
  const tried = (way: Way, trials: Trial[]) => told(way, firstOf(trials, signal))
  const relays = (way: Way) =>
    relayServers(ice, way).map(
      (server): Trial =>
        (over) =>
          pairUp([server], 'relay', over),
    )
  const [direct, udp, tcp, tls, server] = await Promise.all([
    told('direct', directWay(ice, route, signal)),
    tried('turn-udp', relays('turn-udp')),
    tried('turn-tcp', relays('turn-tcp')),
    tried('turn-tls', relays('turn-tls')),
    tried('server', [(over) => reachServer(socketUrl, over)]),
  ])
  signal.throwIfAborted()
  return { at: Date.now(), ways: { direct, 'turn-udp': udp, 'turn-tcp': tcp, 'turn-tls': tls, server } }
}

/** Resolves when it works. */
type Trial = (over: AbortSignal) => Promise<void>

async function firstOf(trials: Trial[], signal: AbortSignal): Promise<WayState> {
  if (trials.length === 0) return { kind: 'absent' }
  const done = new AbortController()
  const over = AbortSignal.any([signal, done.signal, AbortSignal.timeout(PATIENCE_MS)])
  const began = performance.now()
  const late = new Promise<never>((_, reject) => over.addEventListener('abort', () => reject(over.reason)))
  try {
    await Promise.race([Promise.any(trials.map((trial) => trial(over))), late])
    return { kind: 'works', ms: Math.round(performance.now() - began) }
  } catch {
    return { kind: 'blocked' }
  } finally {
    done.abort()
  }
}

/** One server for each URL. */
function relayServers(ice: Servers, way: Way): Servers {
  return ice.flatMap(({ urls, ...rest }) =>
    urls.filter((url) => wayOf(url) === way).map((url) => ({ ...rest, urls: [url] })),
  )
}

/**
 * The link that is up knows. Without one, UDP reaches the outside where a server there tells what this browser looks like. Where none
 * answers, or none is named, nothing is said against it: the two may be in one network, or the server down.
 */
async function directWay(ice: Servers, route: DoctorOptions['route'], signal: AbortSignal): Promise<WayState> {
  if (route === 'relayed') return { kind: 'blocked' }
  const outside = ice.filter(({ urls }) => urls.some((url) => [undefined, 'turn-udp'].includes(wayOf(url))))
  const [alone, seen] = await Promise.all([
    firstOf([(over) => pairUp([], 'all', over)], signal),
    outside.length > 0 && route === 'unknown' ? firstOf([(over) => seenFrom(outside, over)], signal) : undefined,
  ])
  if (seen?.kind === 'works') return seen
  return route === 'unknown' && alone.kind === 'works' ? { kind: 'unknown' } : alone
}

/** Resolves when one of these servers tells what this browser looks like from there. */
async function seenFrom(iceServers: Servers, over: AbortSignal): Promise<void> {
  const connection = new RTCPeerConnection({ iceServers })
  over.addEventListener('abort', () => connection.close(), { once: true })
  const { promise, resolve } = Promise.withResolvers<void>()
  connection.addEventListener('icecandidate', ({ candidate }) => {
    // Where the server is on one's own network, one looks to it as one is.
    if (candidate?.type === 'srflx' || candidate?.type === 'relay') resolve()
  })
  connection.createDataChannel('check')
  await connection.setLocalDescription()
  await promise
}

/** Two connections of this page meet through these servers. */
async function pairUp(
  iceServers: Servers,
  iceTransportPolicy: RTCIceTransportPolicy,
  over: AbortSignal,
): Promise<void> {
  const [one, other] = [0, 1].map(() => new RTCPeerConnection({ iceServers, iceTransportPolicy }))
  if (!one || !other) return
  over.addEventListener('abort', () => {
    one.close()
    other.close()
  })
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.addEventListener('icecandidate', ({ candidate }) => {
      if (!over.aborted) void to.addIceCandidate(candidate ?? undefined).catch(() => {})
    })
  }
  const channel = one.createDataChannel('check')
  const opened = new Promise<void>((resolve) => channel.addEventListener('open', () => resolve()))
  await one.setLocalDescription()
  if (one.localDescription) await other.setRemoteDescription(one.localDescription)
  await other.setLocalDescription()
  if (other.localDescription) await one.setRemoteDescription(other.localDescription)
  await opened
}

/** A socket opens; who it is is not said, and so nobody is disturbed. */
function reachServer(url: string, over: AbortSignal): Promise<void> {
  const socket = new WebSocket(url)
  over.addEventListener('abort', () => socket.close(), { once: true })
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve())
    socket.addEventListener('error', () => reject(new Error('no socket')))
  })
}
