import type { TechnicianPart } from '../peer/live-link.ts'
import type { AttendanceParts } from './attendance-parts.ts'
import { caseKnown } from './case-known.ts'
import { type Compare, startCompare } from './compare.ts'
import { type TicketConsents, ticketConsents } from './consents.ts'

/** What a technician has of a ticket's session beside chat and screen. Each begins anew on each link. */
export type AttendanceFeatures = {
  readonly consents: TicketConsents
  readonly compare: Compare
}

export function attendanceFeatures({ document, board, signal }: Pick<AttendanceParts, 'document' | 'board' | 'signal'>): {
  features: AttendanceFeatures
  parts: readonly TechnicianPart[]
} {
  const consents = ticketConsents(() => ({ ...document().consents, loaded: caseKnown(document(), signal) }))
  const compare = startCompare()
  return { features: { consents, compare }, parts: [consents.part, compare.part, (link) => board().part(link)] }
}
