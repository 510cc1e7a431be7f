import type { Priority } from '../../protocol/details.ts'
import type { QueueEntry } from './entry.ts'
import type { ServiceLevel } from './service-level.ts'

/** How it stands with a ticket, as the queue is divided. */
export type QueueStatus = 'waiting' | 'in-session' | 'absent' | 'ended'
export const QUEUE_STATUSES: readonly QueueStatus[] = ['waiting', 'in-session', 'absent', 'ended']

/** The most pressing first. */
export const PRIORITIES: readonly Priority[] = ['urgent', 'high', 'normal', 'low']

/**
 * Undefined for what is not in the queue (any more): resolved, or ended and dismissed. A customer who is linked, because
 * somebody's desk is open, and whom nobody has answered yet, still waits.
 */
export function statusOf({ header, presence, details }: QueueEntry): QueueStatus | undefined {
  switch (header.state.kind) {
    case 'resolved':
      return undefined
    case 'expired':
      return details && 'ended'
    case 'open':
      if (presence.kind === 'offline') return 'absent'
      return presence.kind === 'in-session' && presence.answered ? 'in-session' : 'waiting'
  }
}

/** The queue as it is read: what needs a hand first. */
export function orderQueue(entries: readonly QueueEntry[]): QueueEntry[] {
  return entries
    .flatMap((entry) => {
      const status = statusOf(entry)
      return status ? { entry, at: placeOf(entry, status) } : []
    })
    .sort((one, other) => compare(one.at, other.at))
    .map(({ entry }) => entry)
}

/**
 * What is due first, within each status: whoever waits stays above the rest. What is not due at all comes last, in the order that it had.
 * @param ordered by `orderQueue`
 */
export function orderByDue(ordered: readonly QueueEntry[], levelOf: (entry: QueueEntry) => ServiceLevel): QueueEntry[] {
  return divideQueue(ordered).flatMap(({ entries }) => {
    const dues = entries.map((entry) => ({ entry, due: dueOf(levelOf(entry)) }))
    return dues.sort((one, other) => (one.due < other.due ? -1 : one.due > other.due ? 1 : 0)).map(({ entry }) => entry)
  })
}

function dueOf(level: ServiceLevel): number {
  return level.kind === 'none' ? Number.POSITIVE_INFINITY : level.due
}

/** The same in its parts; empty ones are left out. @param ordered by `orderQueue` */
export function divideQueue(ordered: readonly QueueEntry[]): { status: QueueStatus; entries: QueueEntry[] }[] {
  const parts = new Map<QueueStatus, QueueEntry[]>()
  for (const entry of ordered) {
    const status = statusOf(entry)
    if (!status) continue
    const part = parts.get(status)
    if (part) part.push(entry)
    else parts.set(status, [entry])
  }
  return QUEUE_STATUSES.flatMap((status) => {
    const part = parts.get(status)
    return part ? { status, entries: part } : []
  })
}

type Place = readonly [status: number, priority: number, time: number]

/** Of those in one status the most pressing first, then who waits longest; of those who are not here, the newest. */
function placeOf({ header, presence, details }: QueueEntry, status: QueueStatus): Place {
  const rank = QUEUE_STATUSES.indexOf(status)
  if (header.state.kind === 'expired') return [rank, 0, -header.state.at]
  const priority = PRIORITIES.indexOf(details?.priority ?? 'normal')
  return [rank, priority, presence.kind === 'offline' ? -header.createdAt : presence.since]
}

function compare(one: Place, other: Place): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2]
}
