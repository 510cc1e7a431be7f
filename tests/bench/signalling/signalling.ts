import { compare, type Family, median, progress, round } from '../harness.ts'
import { type Load, type Server, startLoad, startServer } from './children.ts'
import { deskside } from './peers/deskside.ts'
import { bareWs, type Peer, peerJs, yWebrtc } from './peers/peers.ts'

const ROUNDS = 3
const ROOMS = 500
/** The first clients also bring the server's code into memory; what each of the later ones adds is a client's own. */
const WARM_CLIENTS = 600
const PACE_PER_SECOND = 2000
const PACED = 10_000
/** Full load comes in slices, server after server, so that a slow moment of the machine hits them all. */
const WARM_UP = 40_000
const SLICES = 4
const SLICE = 20_000

/** For each measure the samples of all rounds. */
type Samples = Record<Measure, number[]>
type Measure =
  | 'connectMs'
  /** Live memory that one idle client adds. */
  | 'clientBytes'
  | 'p50Ms'
  | 'p99Ms'
  | 'perSecond'
  /** CPU of the server for one relayed message under full load. */
  | 'cpuMicros'

type Contender = { peer: Peer; server: Server; load: Load; samples: Samples }

/** 1 000 clients in 500 rooms of two, our server beside three others. */
export const signalling: Family = {
  names: ['relay-cpu', 'relay-rate', 'relay-memory', 'connect-1000'],
  async measure(signal) {
    const samples = new Map<Peer, Samples>([deskside, bareWs, yWebrtc, peerJs].map((peer) => [peer, noSamples()]))
    for (let round = 1; round <= ROUNDS; round++) {
      progress(`signalling, round ${round}/${ROUNDS}`)
      await measureRound(samples, signal)
    }
    const between = (name: string, unit: string, peer: Peer, measure: Measure, atMost?: number) => {
      const ours = samples.get(deskside)?.[measure] ?? []
      const theirs = samples.get(peer)?.[measure] ?? []
      const values = { value: median(ours), n: ours.length, peer: peer.name, peerValue: median(theirs) }
      return compare({ name, unit, ...values }, atMost)
    }
    return [
      between('relay-cpu', 'µs a message', bareWs, 'cpuMicros', 1.25),
      between('relay-cpu', 'µs a message', yWebrtc, 'cpuMicros', 1),
      between('relay-cpu', 'µs a message', peerJs, 'cpuMicros', 1),
      ...[bareWs, yWebrtc, peerJs].flatMap((peer) => [
        between('relay-rate', 'messages/s', peer, 'perSecond'),
        between('relay-rate', `ms p50 at ${PACE_PER_SECOND} messages/s`, peer, 'p50Ms'),
        between('relay-rate', `ms p99 at ${PACE_PER_SECOND} messages/s`, peer, 'p99Ms'),
        between('relay-memory', 'bytes an idle client', peer, 'clientBytes'),
        between('connect-1000', 'ms', peer, 'connectMs'),
      ]),
    ]
  },
}

async function measureRound(all: Map<Peer, Samples>, signal: AbortSignal): Promise<void> {
  await using started = new AsyncDisposableStack()
  const contenders: Contender[] = []
  for (const [peer, samples] of all) {
    const server = started.use(await startServer(peer, signal))
    contenders.push({ peer, server, load: started.use(startLoad(signal)), samples })
  }
  for (const contender of contenders) await connectAll(contender)
  for (const { load, samples } of contenders) {
    const { p50, p99 } = await load.order({ kind: 'pace', perSecond: PACE_PER_SECOND, messages: PACED })
    samples.p50Ms.push(p50)
    samples.p99Ms.push(p99)
  }
  for (const { load } of contenders) await load.order({ kind: 'flood', messages: WARM_UP })
  for (let slice = 0; slice < SLICES; slice++) for (const contender of contenders) await flood(contender)
  for (const { peer, samples } of contenders) {
    progress(
      `${peer.name}: ${JSON.stringify(samples, (_, value) => (typeof value === 'number' ? round(value) : value))}`,
    )
  }
}

async function connectAll({ peer, server, load, samples }: Contender): Promise<void> {
  const seats = await peer.seats(server, ROOMS)
  const first = await load.order({ kind: 'connect', seats: seats.slice(0, WARM_CLIENTS) })
  const warm = await server.used('memory')
  const others = await load.order({ kind: 'connect', seats: seats.slice(WARM_CLIENTS) })
  const idle = await server.used('memory')
  samples.connectMs.push(first.ms + others.ms)
  samples.clientBytes.push((idle - warm) / (seats.length - WARM_CLIENTS))
}

async function flood({ server, load, samples }: Contender): Promise<void> {
  const before = await server.used('cpu')
  const flooded = await load.order({ kind: 'flood', messages: SLICE })
  const after = await server.used('cpu')
  samples.perSecond.push((SLICE * 1000) / flooded.ms)
  samples.cpuMicros.push((after - before) / SLICE)
}

function noSamples(): Samples {
  return { connectMs: [], clientBytes: [], p50Ms: [], p99Ms: [], perSecond: [], cpuMicros: [] }
}
