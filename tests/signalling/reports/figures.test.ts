import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { GroupId, TechnicianId } from '../../../protocol/ids.ts'
import { type Fact, gatherReport } from '../../../signalling/reports/figures.ts'
import { makeSpans, spreadOf } from '../../../signalling/reports/spans.ts'

const group = 'g'.repeat(22) as GroupId
const other = 'h'.repeat(22) as GroupId
const ada = 'a'.repeat(22) as TechnicianId
const DAYS = [0, 100, 200, 300]
const of = { group, technician: ada }

async function reportOf(facts: readonly Fact[], days: readonly number[]) {
  const report = gatherReport(days)
  for (const fact of facts) report.add(fact)
  return await report.result()
}

/** In any number of parts. */
function spread(spans: readonly number[]) {
  const parts = [makeSpans(), makeSpans(), makeSpans()]
  for (const [at, span] of spans.entries()) parts[at % 3]?.add(span)
  return spreadOf(parts, new Float64Array(spans.length + 5))
}

test('L5 each thing is counted in its day, its group and its technician', async () => {
  const facts: Fact[] = [
    { kind: 'created', at: 0, ...of },
    { kind: 'created', at: 99, ...of, technician: null },
    { kind: 'created', at: 100, ...of, group: other },
    { kind: 'resolved', at: 250, ...of, tookMs: 250 },
    { kind: 'session', at: 299, ...of, durationMs: null },
    { kind: 'session', at: 210, ...of, durationMs: 40 },
    { kind: 'wait', at: 10, ...of, waitedMs: 5, first: true },
    { kind: 'wait', at: 20, ...of, waitedMs: 15, first: false },
    { kind: 'rating', at: 260, ...of, score: 5 },
    { kind: 'rating', at: 261, ...of, score: 1 },
  ]
  const { days, all, groups, technicians } = await reportOf(facts, DAYS)
  expect(days).toEqual([
    { from: 0, created: 2, resolved: 0, sessions: 0 },
    { from: 100, created: 1, resolved: 0, sessions: 0 },
    { from: 200, created: 0, resolved: 1, sessions: 2 },
  ])
  expect(all).toEqual({
    created: 3,
    resolved: 1,
    sessions: 2,
    waiting: { count: 2, median: 5, p90: 15 },
    firstAnswer: { count: 1, median: 5, p90: 5 },
    session: { count: 1, median: 40, p90: 40 },
    resolving: { count: 1, median: 250, p90: 250 },
    scores: [1, 0, 0, 0, 1],
  })
  expect(groups.map((row) => [row.group, row.figures.created])).toEqual([
    [group, 2],
    [other, 1],
  ])
  expect(technicians.map((row) => [row.technician, row.figures.created])).toEqual([[ada, 2]])
})

test('L5 the median and the 90th percentile are spans that there were, and at least so many are no longer', () => {
  expect(spread([])).toBeNull()
  fc.assert(
    fc.property(fc.array(fc.nat(100_000), { minLength: 1, maxLength: 200 }), (spans) => {
      const found = spread(spans)
      if (!found) throw new Error('no spread')
      for (const [share, value] of [
        [0.5, found.median],
        [0.9, found.p90],
      ] as const) {
        expect(spans).toContain(value)
        expect(spans.filter((span) => span <= value).length).toBeGreaterThanOrEqual(share * spans.length)
        expect(spans.filter((span) => span < value).length).toBeLessThan(share * spans.length)
      }
    }),
  )
})

test('L5 no fact is lost between the days', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 299 })), async (moments) => {
      const { days } = await reportOf(
        moments.map((at) => ({ kind: 'created', at, ...of })),
        DAYS,
      )
      expect(days.map(({ created }) => created)).toEqual(
        [0, 100, 200].map((from) => moments.filter((at) => at >= from && at < from + 100).length),
      )
    }),
  )
})
