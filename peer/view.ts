import * as v from 'valibot'
import { sleep } from './sleep.ts'

/** How the picture arrives, for the technician's interface. */
export type Quality = {
  /** Of the picture, in pixels; 0 where there is none. */
  width: number
  height: number
  framesPerSecond: number
  kbitsPerSecond: number
  route: 'direct' | 'relayed' | 'unknown'
  roundTripMs: number | undefined
}

const SAMPLE_MS = 1000

const Inbound = v.object({
  type: v.literal('inbound-rtp'),
  kind: v.literal('video'),
  timestamp: v.number(),
  bytesReceived: v.optional(v.number()),
  frameWidth: v.optional(v.number()),
  frameHeight: v.optional(v.number()),
  framesPerSecond: v.optional(v.number()),
})
const Pair = v.object({
  type: v.literal('candidate-pair'),
  state: v.literal('succeeded'),
  nominated: v.literal(true),
  localCandidateId: v.string(),
  remoteCandidateId: v.string(),
  currentRoundTripTime: v.optional(v.number()),
})
const Candidate = v.object({ candidateType: v.string() })

/** A screen is looked at live: the jitter buffer shall hold nothing back. */
export function preferLowLatency(receiver: RTCRtpReceiver) {
  receiver.jitterBufferTarget = 0
}

/** Calls `report` once a second until the signal is aborted. */
export async function watchQuality(
  connection: RTCPeerConnection,
  report: (quality: Quality) => void,
  signal: AbortSignal,
) {
  let last: v.InferOutput<typeof Inbound> | undefined
  while (!signal.aborted) {
    const stats = await connection.getStats()
    if (signal.aborted) return
    const entries: unknown[] = [...stats.values()]
    const inbound = entries.find((entry) => v.is(Inbound, entry))
    const seconds = inbound && last ? (inbound.timestamp - last.timestamp) / 1000 : 0
    const bytes = inbound && last ? (inbound.bytesReceived ?? 0) - (last.bytesReceived ?? 0) : 0
    const pair = entries.find((entry) => v.is(Pair, entry))
    const ends: unknown[] = pair ? [stats.get(pair.localCandidateId), stats.get(pair.remoteCandidateId)] : []
    report({
      width: inbound?.frameWidth ?? 0,
      height: inbound?.frameHeight ?? 0,
      framesPerSecond: inbound?.framesPerSecond ?? 0,
      kbitsPerSecond: seconds > 0 ? Math.round((bytes * 8) / 1000 / seconds) : 0,
      route: routeOf(ends.filter((end) => v.is(Candidate, end))),
      roundTripMs: pair?.currentRoundTripTime === undefined ? undefined : pair.currentRoundTripTime * 1000,
    })
    last = inbound
    await sleep(SAMPLE_MS, signal)
  }
}

function routeOf(ends: v.InferOutput<typeof Candidate>[]): Quality['route'] {
  if (ends.length === 0) return 'unknown'
  return ends.some(({ candidateType }) => candidateType === 'relay') ? 'relayed' : 'direct'
}
