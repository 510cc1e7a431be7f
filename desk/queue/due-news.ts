import type { GroupId, Lookup, TechnicianId, TicketId, Time } from '../../protocol/ids.ts'
import type { ServiceTargets } from '../../protocol/service-level.ts'
import type { QueueEntry } from './entry.ts'
import { isPressing, type ServiceTarget, serviceLevels } from './service-level.ts'

/** Something that this technician answers for is about to be late, or is. */
export type DueNews = { ticket: TicketId; lookup: Lookup; target: ServiceTarget; kind: 'soon' | 'missed'; due: Time }

/** Which were told: one word for each ticket, promise and step. */
export type DuesTold = ReadonlySet<string>

type Facts = Pick<QueueEntry, 'header' | 'presence'>

type Situation = {
  targets: ReadonlyMap<GroupId, ServiceTargets>
  /** An admin sees every group's tickets and answers for those of the own groups only. */
  who: { id: TechnicianId; groups: ReadonlySet<GroupId> }
  now: Time
}

/** What is pressing now and was not told before, the most overdue first; what was told and is owed no longer is forgotten. */
export function dueNews(
  tickets: Iterable<Facts>,
  told: DuesTold,
  situation: Situation,
): { news: DueNews[]; told: DuesTold } {
  const { targets, who, now } = situation
  const news: DueNews[] = []
  const stands = new Set<string>()
  const unanswered = new Set<string>()
  for (const facts of tickets) {
    const { header } = facts
    if (!answersFor(facts, who)) continue
    if (header.answeredAt === null) unanswered.add(header.id)
    for (const level of serviceLevels(facts, targets.get(header.group), now)) {
      if (!isPressing(level)) continue
      const { kind, target, due } = level
      const word = [header.id, target, due, kind].join(' ')
      stands.add(word)
      if (!told.has(word)) news.push({ ticket: header.id, lookup: header.lookup, target, kind, due })
    }
  }
  // A customer whose line is cut for a moment comes back to the same wait: that was told.
  for (const word of told) {
    const [id = '', target] = word.split(' ')
    if (target === 'answer' && unanswered.has(id)) stands.add(word)
  }
  return { news: news.sort((one, other) => one.due - other.due), told: stands }
}

/** One’s own tickets, and those of one’s groups that nobody has. */
function answersFor({ header }: Facts, { id, groups }: Situation['who']): boolean {
  if (header.state.kind !== 'open') return false
  return header.state.assignee === null ? groups.has(header.group) : header.state.assignee === id
}

/** When the next step comes of anything that is promised, if nothing else happens before. */
export function nextDueStep(tickets: Iterable<Facts>, targets: Situation['targets'], now: Time): Time | null {
  let next = Number.POSITIVE_INFINITY
  for (const facts of tickets) {
    for (const { soonAt, due } of serviceLevels(facts, targets.get(facts.header.group), now)) {
      if (due > now) next = Math.min(next, soonAt > now ? soonAt : due)
    }
  }
  return Number.isFinite(next) ? next : null
}
