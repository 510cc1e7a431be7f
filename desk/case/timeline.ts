import type { HandOver } from '../../protocol/details.ts'
import type { TechnicianId, Time } from '../../protocol/ids.ts'
import type { TicketEvent } from '../../protocol/rooms.ts'
import type { CaseEntry, CaseEvent } from './case-entry.ts'
import type { LedgerLine } from './consent-ledger.ts'

/**
 * One line of what happened to a ticket. `ticket`: decided by the server. `session`: written into the case by the desk that was
 * there, `by` whose it was where that is known; `lastedMs` where it ended a connection that is known, or of a call that was taken up. `note`: what somebody wrote
 * when handing it over. `consent`: what the customer allowed, refused or ended; that a screen is shown stands with the session.
 */
export type TimelineLine =
  | { kind: 'ticket'; id: string; at: Time; event: TicketEvent }
  | {
      kind: 'session'
      id: string
      at: Time
      what: CaseEvent['what']
      by: TechnicianId | undefined
      lastedMs: number | undefined
    }
  | { kind: 'note'; id: string; at: Time; handOver: HandOver }
  | { kind: 'consent'; id: string; at: Time; line: LedgerLine; what: 'granted' | 'refused' | 'ended' }

type Sources = {
  events: readonly TicketEvent[]
  history: readonly CaseEntry[]
  handOvers?: readonly HandOver[]
  ledger?: readonly LedgerLine[]
}

/** All in one order, the oldest first; what two browsers wrote of the same arrival is one line. */
export function timelineOf({ events, history, handOvers = [], ledger = [] }: Sources): TimelineLine[] {
  const decided = events.map(
    (event, index): TimelineLine => ({ kind: 'ticket', id: `ticket-${index}`, at: event.at, event }),
  )
  const notes = handOvers.map(
    (handOver, index): TimelineLine => ({ kind: 'note', id: `note-${index}`, at: handOver.at, handOver }),
  )
  const consents = ledger.flatMap(consentLines)
  return [...decided, ...notes, ...consents, ...sessionLines(history)].sort((one, other) => one.at - other.at)
}

function consentLines(line: LedgerLine): TimelineLine[] {
  const { id, standing } = line
  const at = (what: 'granted' | 'refused' | 'ended', when: Time): TimelineLine => {
    return { kind: 'consent', id: `${id}-${what}`, at: when, line, what }
  }
  if (standing.kind === 'refused') return [at('refused', standing.at)]
  if (line.what === 'screen') return []
  if (standing.kind === 'granted') return [at('granted', standing.at)]
  if (standing.kind !== 'ended') return []
  return [at('granted', standing.granted), ...(standing.at === undefined ? [] : [at('ended', standing.at)])]
}

function sessionLines(history: readonly CaseEntry[]): TimelineLine[] {
  let connectedAt: Time | undefined
  const arrivals = new Set<Time>()
  const lines: TimelineLine[] = []
  for (const entry of history) {
    if (entry.kind !== 'event') continue
    const { id, at, what, by } = entry
    if (what === 'customer-came') {
      if (arrivals.has(at)) continue
      arrivals.add(at)
    }
    const ends = ENDS.has(what)
    const lastedMs = ends && connectedAt !== undefined ? Math.max(0, at - connectedAt) : entry.lastedMs
    if (what === 'connected') connectedAt = at
    if (ends) connectedAt = undefined
    lines.push({ kind: 'session', id, at, what, by, lastedMs })
  }
  return lines
}

const ENDS = new Set<CaseEvent['what']>(['ended-by-customer', 'ended-by-technician', 'lost', 'not-asked'])
