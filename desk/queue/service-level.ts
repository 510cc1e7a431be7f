import type { GroupId, Time } from '../../protocol/ids.ts'
import type { Group } from '../../protocol/people.ts'
import type { ServiceTargets } from '../../protocol/service-level.ts'
import type { QueueEntry } from './entry.ts'

/** Which promise of the group is meant: to answer, or to have it done. */
export type ServiceTarget = 'answer' | 'resolve'

/** How a ticket stands with one promise. `soon`: the last quarter of the time has begun; `missed`: it is over. */
export type Owed = { kind: 'running' | 'soon' | 'missed'; target: ServiceTarget; soonAt: Time; due: Time }

/** How it stands with what its group promises. */
export type ServiceLevel = { kind: 'none' } | Owed

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

/** Of what is promised and still owed, whatever is due first. */
export function serviceLevel(facts: Facts, targets: ServiceTargets | undefined, now: Time): ServiceLevel {
  const [one, other] = serviceLevels(facts, targets, now)
  if (!one) return NONE
  return other && other.due < one.due ? other : one
}

/**
 * All that is promised and still owed. The first answer is owed while a customer is there whom nobody has answered since the ticket was
 * opened, from when this one came: nobody can answer who is not there. The resolution is owed from when the ticket was made, or reopened,
 * until it is no longer open.
 */
export function serviceLevels({ header, presence }: Facts, targets: ServiceTargets | undefined, now: Time): Owed[] {
  if (!targets || header.state.kind !== 'open') return []
  const owed: Owed[] = []
  const isUnanswered = presence.kind === 'waiting' || (presence.kind === 'in-session' && !presence.answered)
  if (targets.answerMinutes !== null && header.answeredAt === null && isUnanswered) {
    owed.push(owe('answer', presence.since, targets.answerMinutes, now))
  }
  if (targets.resolveMinutes !== null) owed.push(owe('resolve', header.openedAt, targets.resolveMinutes, now))
  return owed
}

function owe(target: ServiceTarget, since: Time, minutes: number, now: Time): Owed {
  const span = minutes * MINUTE_MS
  const due = since + span
  const soonAt = due - span / 4
  return { kind: now >= due ? 'missed' : now >= soonAt ? 'soon' : 'running', target, soonAt, due }
}

/** Late, or late soon: what somebody ought to look at. */
export function isPressing(level: ServiceLevel): level is Owed & { kind: 'soon' | 'missed' } {
  return level.kind === 'soon' || level.kind === 'missed'
}
