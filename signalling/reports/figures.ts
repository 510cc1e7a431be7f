import { setImmediate } from 'node:timers/promises'
import type { GroupId, TechnicianId, Time } from '../../protocol/ids.ts'
import type { Figures, ReportReply } from '../../protocol/reports.ts'
import type { Score } from '../../protocol/score.ts'
import { countOf, makeSpans, type Spans, spreadOf } from './spans.ts'

/** One thing that happened in the period. Spans in ms. */
export type Fact = { at: Time; group: GroupId; technician: TechnicianId | null } & (
  | { kind: 'created' }
  | { kind: 'resolved'; tookMs: number }
  /** `durationMs`: null where it goes on, or nobody saw its end. */
  | { kind: 'session'; durationMs: number | null }
  | { kind: 'wait'; waitedMs: number; first: boolean }
  | { kind: 'rating'; score: Score }
)

/** What is gathered of a period: the facts themselves are not kept, only counts and how long things took. */
export type Gathered = {
  /** It is within the days. */
  add(fact: Fact): void
  /** The report, a part at a time, so that others have their turn between. */
  result(): Promise<ReportReply>
}

/** @param days as in `ReportQuery` */
export function gatherReport(days: readonly Time[]): Gathered {
  const counted = days.slice(0, -1).map((from) => ({ from, created: 0, resolved: 0, sessions: 0 }))
  const tallies = new Map<GroupId, Map<TechnicianId | null, Tally>>()

  return {
    add(fact) {
      const { group, technician, kind, at } = fact
      const ofGroup = tallies.get(group) ?? new Map<TechnicianId | null, Tally>()
      tallies.set(group, ofGroup)
      const tally = ofGroup.get(technician) ?? makeTally()
      ofGroup.set(technician, tally)
      count(tally, fact)
      const day = counted[dayAt(days, at)]
      if (!day) return
      if (kind === 'created') day.created += 1
      else if (kind === 'resolved') day.resolved += 1
      else if (kind === 'session') day.sessions += 1
    },
    async result() {
      const cells = [...tallies].flatMap(([group, of]) =>
        [...of].map(([technician, tally]) => ({ group, technician, tally })),
      )
      const largest = Math.max(...SPREADS.map((which) => countOf(cells.map(({ tally }) => tally[which]))))
      const room = new Float64Array(largest)
      const groups: ReportReply['groups'] = []
      for (const [group, own] of Map.groupBy(cells, (cell) => cell.group)) {
        groups.push({ group, figures: await figuresOf(own, room) })
      }
      const technicians: ReportReply['technicians'] = []
      for (const [technician, own] of Map.groupBy(cells, (cell) => cell.technician)) {
        if (technician === null) continue
        technicians.push({ technician, figures: await figuresOf(own, room) })
      }
      return { days: counted, all: await figuresOf(cells, room), groups, technicians }
    },
  }
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

const SPREADS = ['waiting', 'firstAnswer', 'session', 'resolving'] as const
const COUNTS = ['created', 'resolved', 'sessions'] as const
const SCORES = [0, 1, 2, 3, 4] as const

/** Of one technician in one group. */
type Tally = Record<(typeof COUNTS)[number], number> & Record<(typeof SPREADS)[number], Spans> & { scores: number[] }

function makeTally(): Tally {
  const [waiting, firstAnswer, session, resolving] = [makeSpans(), makeSpans(), makeSpans(), makeSpans()]
  const scores = SCORES.map(() => 0)
  return { created: 0, resolved: 0, sessions: 0, waiting, firstAnswer, session, resolving, scores }
}

function count(tally: Tally, fact: Fact): void {
  switch (fact.kind) {
    case 'created':
      tally.created += 1
      break
    case 'resolved':
      tally.resolved += 1
      tally.resolving.add(fact.tookMs)
      break
    case 'session':
      tally.sessions += 1
      if (fact.durationMs !== null) tally.session.add(fact.durationMs)
      break
    case 'wait':
      tally.waiting.add(fact.waitedMs)
      if (fact.first) tally.firstAnswer.add(fact.waitedMs)
      break
    case 'rating':
      tally.scores[fact.score - 1] = (tally.scores[fact.score - 1] ?? 0) + 1
  }
}

async function figuresOf(cells: readonly { tally: Tally }[], room: Float64Array): Promise<Figures> {
  const tallies = cells.map(({ tally }) => tally)
  const sum = (of: (tally: Tally) => number) => tallies.reduce((all, tally) => all + of(tally), 0)
  const spread = async (which: (typeof SPREADS)[number]) => {
    await setImmediate()
    return spreadOf(
      tallies.map((tally) => tally[which]),
      room,
    )
  }
  return {
    created: sum(({ created }) => created),
    resolved: sum(({ resolved }) => resolved),
    sessions: sum(({ sessions }) => sessions),
    waiting: await spread('waiting'),
    firstAnswer: await spread('firstAnswer'),
    session: await spread('session'),
    resolving: await spread('resolving'),
    scores: SCORES.map((at) => sum(({ scores }) => scores[at] ?? 0)),
  }
}
