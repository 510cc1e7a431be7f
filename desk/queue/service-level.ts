import type { GroupId, Time } from '../../protocol/ids.ts'
import type { Group } from '../../protocol/people.ts'
import type { ServiceTargets } from '../../protocol/service-level.ts'
import type { QueueEntry } from './entry.ts'

/** Which promise of the group is meant: to answer, or to have it done. */
export type ServiceTarget = 'answer' | 'resolve'

/** How a ticket stands with what its group promises. `soon`: the last quarter of the time has begun; `missed`: it is over. */
export type ServiceLevel = { kind: 'none' } | { kind: 'running' | 'soon' | 'missed'; target: ServiceTarget; due: Time }

const NONE: ServiceLevel = { kind: 'none' }
const MINUTE_MS = 60_000

/** Of the groups that promise anything. */
export function targetsOf(groups: readonly Group[]): Map<GroupId, ServiceTargets> {
  const promising = groups.filter(
    ({ answerMinutes, resolveMinutes }) => answerMinutes !== null || resolveMinutes !== null,
  )
  return new Map(promising.map(({ id, answerMinutes, resolveMinutes }) => [id, { answerMinutes, resolveMinutes }]))
}

type Facts = Pick<QueueEntry, 'header' | 'presence'>

/**
 * Of what is promised and still owed, whatever is due first. The first answer is owed while a customer is there whom nobody has
 * answered since the ticket was opened, from when this one came: nobody can answer who is not there. The resolution is owed from when the
 * ticket was made, or reopened, until it is no longer open.
 */
export function serviceLevel(facts: Facts, targets: ServiceTargets | undefined, now: Time): ServiceLevel {
  const owed = owedOf(facts, targets)
  const first = owed.reduce<Owed | undefined>((one, other) => (one && one.due <= other.due ? one : other), undefined)
  if (!first) return NONE
  const { target, due, span } = first
  if (now >= due) return { kind: 'missed', target, due }
  return { kind: now >= due - span / 4 ? 'soon' : 'running', target, due }
}

type Owed = { target: ServiceTarget; due: Time; span: number }

function owedOf({ header, presence }: Facts, targets: ServiceTargets | undefined): Owed[] {
  if (!targets || header.state.kind !== 'open') return []
  const owed: Owed[] = []
  const isUnanswered = presence.kind === 'waiting' || (presence.kind === 'in-session' && !presence.answered)
  if (targets.answerMinutes !== null && header.answeredAt === null && isUnanswered) {
    owed.push(owe('answer', presence.since, targets.answerMinutes))
  }
  if (targets.resolveMinutes !== null) owed.push(owe('resolve', header.openedAt, targets.resolveMinutes))
  return owed
}

function owe(target: ServiceTarget, since: Time, minutes: number): Owed {
  const span = minutes * MINUTE_MS
  return { target, due: since + span, span }
}

/** Late, or late soon: what somebody ought to look at. */
export function isPressing({ kind }: ServiceLevel): boolean {
  return kind === 'soon' || kind === 'missed'
}
