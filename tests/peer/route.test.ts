import { expect, test } from 'vitest'
import { routeOf } from '../../peer/route.ts'

const ends = [
  { id: 'here', type: 'local-candidate', candidateType: 'host' },
  { id: 'relay', type: 'local-candidate', candidateType: 'relay' },
  { id: 'there', type: 'remote-candidate', candidateType: 'host' },
]
const direct = pair('direct', 'here', 0.002)
const relayed = pair('relayed', 'relay', 0.2)
const transport = (selectedCandidatePairId?: string) => ({ id: 'T', type: 'transport', selectedCandidatePairId })

function pair(id: string, localCandidateId: string, currentRoundTripTime: number) {
  const state = { type: 'candidate-pair', state: 'succeeded', nominated: true }
  return { id, ...state, localCandidateId, remoteCandidateId: 'there', currentRoundTripTime }
}

function report(...entries: { id: string; selected?: boolean }[]): RTCStatsReport {
  return new Map([...entries, ...ends].map((entry) => [entry.id, entry]))
}

test.each([
  ['Chromium, after it moved to the relay', report(direct, relayed, transport('relayed')), 'relayed', 200],
  ['Chromium, after it moved back', report(relayed, direct, transport('direct')), 'direct', 2],
  [
    'Firefox, which has no transports and marks the pair',
    report({ ...direct, selected: false }, { ...relayed, selected: true }),
    'relayed',
    200,
  ],
  ['a transport that has selected none', report(relayed, transport()), 'relayed', 200],
  ['a transport whose pair is gone', report(relayed, transport('direct')), 'relayed', 200],
] as const)('the way that is taken is told: %s', (_which, stats, route, roundTripMs) => {
  expect(routeOf(stats)).toEqual({ route, roundTripMs })
})

test('without a pair no way is known', () => {
  expect(routeOf(report(transport()))).toEqual({ route: 'unknown', roundTripMs: undefined })
})
