import type { GroupId, TechnicianId, Time } from '../../protocol/ids.ts'
import type { Figures, ReportReply, Spread } from '../../protocol/reports.ts'
import type { Score } from '../../protocol/score.ts'

/** One thing that happened in the period. Spans in ms. */
export type Fact = { at: Time; group: GroupId; technician: TechnicianId | null } & (
  | { kind: 'created' }
  | { kind: 'resolved'; tookMs: number }
  /** `durationMs`: null where it goes on, or nobody saw its end. */
  | { kind: 'session'; durationMs: number | null }
  | { kind: 'wait'; waitedMs: number; first: boolean }
  | { kind: 'rating'; score: Score }
)

/** The report of these facts. `days`: as in `ReportQuery`; each fact is within them. */
export function reportOf(facts: readonly Fact[], days: readonly Time[]): ReportReply {
  const groups = Map.groupBy(facts, ({ group }) => group)
  const technicians = Map.groupBy(facts, ({ technician }) => technician)
  return {
    days: daysOf(facts, days),
    all: figuresOf(facts),
    groups: [...groups].map(([group, own]) => ({ group, figures: figuresOf(own) })),
    technicians: [...technicians].flatMap(([technician, own]) =>
      technician === null ? [] : [{ technician, figures: figuresOf(own) }],
    ),
  }
}

function daysOf(facts: readonly Fact[], days: readonly Time[]): ReportReply['days'] {
  const counted = days.slice(0, -1).map((from) => ({ from, created: 0, resolved: 0, sessions: 0 }))
  for (const { kind, at } of facts) {
    const day = counted[dayAt(days, at)]
    if (!day) continue
    if (kind === 'created') day.created += 1
    else if (kind === 'resolved') day.resolved += 1
    else if (kind === 'session') day.sessions += 1
  }
  return counted
}

/** Which of the days a moment is in. */
function dayAt(days: readonly Time[], at: Time): number {
  let low = 0
  let high = days.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((days[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}

function figuresOf(facts: readonly Fact[]): Figures {
  const figures: Figures = {
    created: 0,
    resolved: 0,
    sessions: 0,
    waiting: null,
    firstAnswer: null,
    session: null,
    resolving: null,
    scores: [0, 0, 0, 0, 0],
  }
  const waited: number[] = []
  const first: number[] = []
  const lengths: number[] = []
  const took: number[] = []
  for (const fact of facts) {
    switch (fact.kind) {
      case 'created':
        figures.created += 1
        break
      case 'resolved':
        figures.resolved += 1
        took.push(fact.tookMs)
        break
      case 'session':
        figures.sessions += 1
        if (fact.durationMs !== null) lengths.push(fact.durationMs)
        break
      case 'wait':
        waited.push(fact.waitedMs)
        if (fact.first) first.push(fact.waitedMs)
        break
      case 'rating':
        figures.scores[fact.score - 1] = (figures.scores[fact.score - 1] ?? 0) + 1
    }
  }
  return {
    ...figures,
    waiting: spreadOf(waited),
    firstAnswer: spreadOf(first),
    session: spreadOf(lengths),
    resolving: spreadOf(took),
  }
}

/** Nearest rank, so that each figure is a span that there was. */
export function spreadOf(spans: readonly number[]): Spread | null {
  if (spans.length === 0) return null
  const sorted = spans.map((span) => Math.max(0, Math.round(span))).sort((one, other) => one - other)
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0
  return { count: sorted.length, median: rank(0.5), p90: rank(0.9) }
}
