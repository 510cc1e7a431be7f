import type { Time } from '../protocol/ids.ts'
import type { TicketEvent } from '../protocol/rooms.ts'
import type { CaseEntry, CaseEvent } from './case-entry.ts'

/**
 * One line of what happened to a ticket. `ticket`: decided by the server. `session`: written into the case by the desk that was
 * there; `lastedMs` where it ended a connection that is known.
 */
export type TimelineLine =
  | { kind: 'ticket'; id: string; at: Time; event: TicketEvent }
  | { kind: 'session'; id: string; at: Time; what: CaseEvent['what']; lastedMs: number | undefined }

/** Both in one order, the oldest first. */
export function timelineOf(events: readonly TicketEvent[], history: readonly CaseEntry[]): TimelineLine[] {
  const decided = events.map(
    (event, index): TimelineLine => ({ kind: 'ticket', id: `ticket-${index}`, at: event.at, event }),
  )
  return [...decided, ...sessionLines(history)].sort((one, other) => one.at - other.at)
}

function sessionLines(history: readonly CaseEntry[]): TimelineLine[] {
  let connectedAt: Time | undefined
  const lines: TimelineLine[] = []
  for (const entry of history) {
    if (entry.kind !== 'event') continue
    const { id, at, what } = entry
    const ends = what === 'ended-by-customer' || what === 'ended-by-technician' || what === 'lost'
    const lastedMs = ends && connectedAt !== undefined ? Math.max(0, at - connectedAt) : undefined
    if (what === 'connected') connectedAt = at
    if (ends) connectedAt = undefined
    lines.push({ kind: 'session', id, at, what, lastedMs })
  }
  return lines
}
