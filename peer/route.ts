import * as v from 'valibot'

/** Which way the bytes of a connection go, and how long they take there and back. */
export type RouteTaken = { route: 'direct' | 'relayed' | 'unknown'; roundTripMs: number | undefined }

const Pair = v.object({
  type: v.literal('candidate-pair'),
  state: v.literal('succeeded'),
  nominated: v.literal(true),
  selected: v.optional(v.boolean()),
  localCandidateId: v.string(),
  remoteCandidateId: v.string(),
  currentRoundTripTime: v.optional(v.number()),
})
const Transport = v.object({ type: v.literal('transport'), selectedCandidatePairId: v.string() })
const Candidate = v.object({ candidateType: v.string() })

export function routeOf(stats: RTCStatsReport): RouteTaken {
  const pair = selectedPair(stats)
  const ends: unknown[] = pair ? [stats.get(pair.localCandidateId), stats.get(pair.remoteCandidateId)] : []
  const seconds = pair?.currentRoundTripTime
  return {
    route: routeBetween(ends.filter((end) => v.is(Candidate, end))),
    roundTripMs: seconds === undefined ? undefined : seconds * 1000,
  }
}

/** After a move several pairs are nominated in Chromium; its transport names the one in use, and Firefox marks it. */
function selectedPair(stats: RTCStatsReport): v.InferOutput<typeof Pair> | undefined {
  const entries: unknown[] = [...stats.values()]
  const transport = entries.find((entry) => v.is(Transport, entry))
  const selected: unknown = transport && stats.get(transport.selectedCandidatePairId)
  if (v.is(Pair, selected)) return selected
  const pairs = entries.filter((entry) => v.is(Pair, entry))
  return pairs.find((pair) => pair.selected) ?? pairs[0]
}

function routeBetween(ends: v.InferOutput<typeof Candidate>[]): RouteTaken['route'] {
  if (ends.length === 0) return 'unknown'
  return ends.some(({ candidateType }) => candidateType === 'relay') ? 'relayed' : 'direct'
}
