import * as v from 'valibot'

/** Which way the bytes of a connection go, and how long they take there and back. */
export type RouteTaken = { route: 'direct' | 'relayed' | 'unknown'; roundTripMs: number | undefined }

const Pair = v.object({
  type: v.literal('candidate-pair'),
  state: v.literal('succeeded'),
  nominated: v.literal(true),
  localCandidateId: v.string(),
  remoteCandidateId: v.string(),
  currentRoundTripTime: v.optional(v.number()),
})
const Candidate = v.object({ candidateType: v.string() })

export function routeOf(stats: RTCStatsReport): RouteTaken {
  const entries: unknown[] = [...stats.values()]
  const pair = entries.find((entry) => v.is(Pair, entry))
  const ends: unknown[] = pair ? [stats.get(pair.localCandidateId), stats.get(pair.remoteCandidateId)] : []
  const seconds = pair?.currentRoundTripTime
  return {
    route: routeBetween(ends.filter((end) => v.is(Candidate, end))),
    roundTripMs: seconds === undefined ? undefined : seconds * 1000,
  }
}

function routeBetween(ends: v.InferOutput<typeof Candidate>[]): RouteTaken['route'] {
  if (ends.length === 0) return 'unknown'
  return ends.some(({ candidateType }) => candidateType === 'relay') ? 'relayed' : 'direct'
}
