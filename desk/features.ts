import type { TechnicianPart } from '../peer/live-link.ts'
import type { AttendanceParts } from './attendance-parts.ts'
import { caseKnown } from './case-known.ts'
import { type Compare, startCompare } from './compare.ts'
import { type TicketConsents, ticketConsents } from './consents.ts'

/** What goes on over the links of one ticket beside chat and screen. */
export type Features = { readonly consents: TicketConsents; readonly compare: Compare }

type Running = {
  /** What the interface uses of them. */
  kept: Features
  /** For each new link. */
  parts: readonly TechnicianPart[]
  /** The session is over, and not only its link. */
  over(): void
}

export function startFeatures({
  document,
  board,
  signal,
}: Pick<AttendanceParts, 'document' | 'board' | 'signal'>): Running {
  const consents = ticketConsents(() => ({ ...document().consents, loaded: caseKnown(document(), signal) }))
  const compare = startCompare()
  return {
    kept: { consents, compare },
    parts: [consents.part, compare.part, (link) => board().part(link)],
    over() {
      consents.over()
      compare.over()
    },
  }
}
