import type { CaseEvent } from '../../desk/case/case-entry.ts'
import { m } from '../../paraglide/messages.js'
import type { TicketEvent } from '../../protocol/rooms.ts'
import { elapsedWords } from '../ui/elapsed.tsx'
import type { Names } from './names.ts'

/**
 * What happened in a session, for the technicians. `name`: the customer's; `who`: whose browser wrote it, undefined where that is
 * oneself or not known.
 */
export function sessionWords(
  { what, lastedMs }: { what: CaseEvent['what']; lastedMs?: number | undefined },
  name: string,
  who: string | undefined,
): string {
  switch (what) {
    case 'customer-came':
      return m.timeline_came({ name })
    case 'customer-left':
      return m.timeline_left({ name })
    case 'connected':
      return m.queue_event_connected({ name })
    case 'reconnected':
      return m.line_event_reconnected({ name })
    case 'screen-shared':
      return m.queue_event_shared({ name })
    case 'screen-stopped':
      return m.queue_event_stopped({ name })
    case 'ended-by-technician':
      return who === undefined ? m.queue_event_ended_here() : m.queue_event_ended_by({ who })
    case 'ended-by-customer':
      return m.queue_event_ended_there({ name })
    case 'lost':
      return m.queue_event_lost()
    case 'not-asked':
      return m.consent_event_not_asked({ name })
    case 'call-to-customer':
      if (lastedMs === undefined) return m.call_event_to_nobody({ name })
      return m.call_event_to({ name, length: elapsedWords(lastedMs) })
    case 'call-from-customer':
      if (lastedMs === undefined) return m.call_event_from_nobody({ name })
      return m.call_event_from({ name, length: elapsedWords(lastedMs) })
  }
}

/** What was decided about a ticket, and by whom. */
export function ticketWords({ what, by, whom, group }: TicketEvent, names: Names): string {
  const who = by === null ? m.timeline_server() : names.technician(by)
  const other = whom === null ? '' : names.technician(whom)
  switch (what) {
    case 'created':
      return whom === null || whom === by ? m.timeline_created({ who }) : m.timeline_created_for({ who, other })
    case 'assigned':
      return by === whom ? m.timeline_took({ who }) : m.timeline_assigned({ who, other })
    case 'unassigned':
      return m.timeline_unassigned({ who, other })
    case 'moved':
      return m.timeline_moved({ who, group: group === null ? '' : names.group(group) })
    case 'second-invited':
      return m.timeline_second({ who, other })
    case 'second-left':
      return by === whom ? m.timeline_second_left({ who }) : m.timeline_second_removed({ who, other })
    case 'resolved':
      return m.timeline_resolved({ who })
    case 'reopened':
      return m.timeline_reopened({ who })
    case 'expired':
      return by === null ? m.timeline_expired() : m.timeline_withdrawn({ who })
    case 'returned-after-silence':
      return m.timeline_silence({ other })
    case 'assigned-automatically':
      return m.timeline_automatic({ other })
    case 'not-asked':
      return m.consent_timeline_not_asked()
  }
}
