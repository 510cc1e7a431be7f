import { compare, type Family, type Figure, median, progress } from '../harness.ts'
import { startLoad, startServer } from './children.ts'
import { bareWs, type Peer, peerJs, yWebrtc } from './peers/peers.ts'

const ROUNDS = 3
const ROOMS = 500
/** The first clients also bring the server's code into memory; only what the later ones add counts as theirs. */
const WARM_ROOMS = 100
const PACE_PER_SECOND = 2000
const PACED = 10_000
const FLOODED = 60_000

type Sample = {
  connectMs: number
  /** Resident memory that one idle client adds, bytes. */
  clientBytes: number
  p50Ms: number
  p99Ms: number
  perSecond: number
  /** CPU of the server for one relayed message under full load, µs. */
  cpuMicros: number
}

/** 1 000 clients in 500 rooms of two; the servers take turns, so that a slow minute of the machine hits them all. */
export const signalling: Family = {
  names: ['relay-cpu', 'relay-rate', 'relay-memory', 'connect-1000'],
  async measure(signal) {
    const peers = [bareWs, yWebrtc, peerJs]
    const samples = new Map<Peer, Sample[]>(peers.map((peer) => [peer, []]))
    for (let round = 1; round <= ROUNDS; round++) {
      for (const peer of peers) {
        const sample = await measureServer(peer, signal)
        samples.get(peer)?.push(sample)
        progress(`round ${round}/${ROUNDS}, ${peer.name}: ${JSON.stringify(sample)}`)
      }
    }
    return []
  },
}

async function measureServer(peer: Peer, signal: AbortSignal): Promise<Sample> {
  await using server = await startServer(peer, signal)
  await using load = startLoad(signal)
  const rooms = await peer.rooms(server.port, ROOMS)

  const first = await load.order({ kind: 'connect', rooms: rooms.slice(0, WARM_ROOMS) })
  const warm = await server.usage()
  const others = await load.order({ kind: 'connect', rooms: rooms.slice(WARM_ROOMS) })
  const idle = await server.usage()

  const paced = await load.order({ kind: 'pace', perSecond: PACE_PER_SECOND, messages: PACED })
  await load.order({ kind: 'flood', messages: FLOODED / 4 })
  const before = await server.usage()
  const flooded = await load.order({ kind: 'flood', messages: FLOODED })
  const after = await server.usage()

  return {
    connectMs: first.ms + others.ms,
    clientBytes: (idle.rss - warm.rss) / (2 * (ROOMS - WARM_ROOMS)),
    p50Ms: paced.p50,
    p99Ms: paced.p99,
    perSecond: (FLOODED * 1000) / flooded.ms,
    cpuMicros: (after.cpu - before.cpu) / FLOODED,
  }
}
