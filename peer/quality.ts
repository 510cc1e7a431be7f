import * as v from 'valibot'
import { type RouteTaken, routeOf } from './route.ts'
import { sleep } from './sleep.ts'

/** How the picture arrives, for the technician's interface. */
export type Quality = RouteTaken & {
  /** Of the picture, in pixels; 0 where there is none. */
  width: number
  height: number
  framesPerSecond: number
  kbitsPerSecond: number
  /** From the packet to the screen, as far as this browser holds pictures back. */
  bufferMs: number | undefined
  /** Of the packets of the last moment, 0 to 1. */
  lost: number | undefined
  /** `VP8`, `AV1`; undefined without a picture. */
  codec: string | undefined
}

const SAMPLE_MS = 1000

const Inbound = v.object({
  type: v.literal('inbound-rtp'),
  kind: v.literal('video'),
  id: v.string(),
  timestamp: v.number(),
  bytesReceived: v.optional(v.number()),
  frameWidth: v.optional(v.number()),
  frameHeight: v.optional(v.number()),
  framesPerSecond: v.optional(v.number()),
  packetsReceived: v.optional(v.number(), 0),
  packetsLost: v.optional(v.number(), 0),
  jitterBufferDelay: v.optional(v.number(), 0),
  jitterBufferEmittedCount: v.optional(v.number(), 0),
  codecId: v.optional(v.string()),
  trackIdentifier: v.optional(v.string()),
})
type Inbound = v.InferOutput<typeof Inbound>
const Codec = v.object({ mimeType: v.string() })

/** A screen is looked at live: the jitter buffer shall hold nothing back. */
export function preferLowLatency(receiver: RTCRtpReceiver) {
  receiver.jitterBufferTarget = 0
}

/** Calls `report` once a second, of the picture that is looked at then, until the signal is aborted. */
export async function watchQuality(
  connection: RTCPeerConnection,
  lookedAt: () => MediaStreamTrack,
  report: (quality: Quality) => void,
  signal: AbortSignal,
) {
  let last: Inbound | undefined
  while (!signal.aborted) {
    const stats = await connection.getStats()
    if (signal.aborted) return
    const screen = lookedAt()
    const entries: unknown[] = [...stats.values()]
    // A call's picture comes over the same link.
    const inbound = entries.map(inboundOf).find((entry) => entry && (entry.trackIdentifier ?? screen.id) === screen.id)
    // Another screen is looked at: what it had before is not known.
    if (last?.id !== inbound?.id) last = undefined
    const seconds = inbound && last ? (inbound.timestamp - last.timestamp) / 1000 : 0
    const bytes = inbound && last ? (inbound.bytesReceived ?? 0) - (last.bytesReceived ?? 0) : 0
    const codec = inbound?.codecId === undefined ? undefined : stats.get(inbound.codecId)
    report({
      width: inbound?.frameWidth ?? 0,
      height: inbound?.frameHeight ?? 0,
      framesPerSecond: inbound?.framesPerSecond ?? 0,
      kbitsPerSecond: seconds > 0 ? Math.round((bytes * 8) / 1000 / seconds) : 0,
      ...routeOf(stats),
      ...arrival(inbound, last),
      codec: v.is(Codec, codec) ? codec.mimeType.replace('video/', '') : undefined,
    })
    last = inbound
    await sleep(SAMPLE_MS, signal)
  }
}

function inboundOf(entry: unknown): Inbound | undefined {
  const read = v.safeParse(Inbound, entry)
  return read.success ? read.output : undefined
}

/** What became of the packets since the last look. */
function arrival(now: Inbound | undefined, last: Inbound | undefined): Pick<Quality, 'bufferMs' | 'lost'> {
  if (!now || !last) return { bufferMs: undefined, lost: undefined }
  const shown = now.jitterBufferEmittedCount - last.jitterBufferEmittedCount
  const lost = Math.max(0, now.packetsLost - last.packetsLost)
  const all = lost + now.packetsReceived - last.packetsReceived
  return {
    bufferMs: shown > 0 ? ((now.jitterBufferDelay - last.jitterBufferDelay) / shown) * 1000 : undefined,
    lost: all > 0 ? lost / all : undefined,
  }
}
