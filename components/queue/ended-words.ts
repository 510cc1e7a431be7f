import { m } from '../../paraglide/messages.js'
import type { TechnicianId } from '../../protocol/ids.ts'
import type { TicketState } from '../../protocol/ticket.ts'
import type { Names } from './names.ts'

type Expired = Extract<TicketState, { kind: 'expired' }>

/** Why a ticket ended that was not resolved, in a word. */
export function endedShort({ why }: Expired): string {
  switch (why) {
    case 'withdrawn':
      return m.queue_ended_withdrawn()
    case 'guessed':
      return m.queue_ended_guessed()
    case 'time':
      return m.queue_ended_time()
    case 'not-asked':
      return m.consent_ended_not_asked()
  }
}

/** How a ticket ended, and by whom where it was resolved. */
export function howEnded(state: TicketState, me: TechnicianId, names: Names): string {
  if (state.kind === 'open') return ''
  if (state.kind === 'expired') return endedShort(state)
  return state.by === me ? m.resolved_by_me() : m.resolved_by({ name: names.technician(state.by) })
}

/** The same as a sentence. */
export function endedTitle({ why }: Expired): string {
  switch (why) {
    case 'withdrawn':
      return m.queue_ended_withdrawn_title()
    case 'guessed':
      return m.queue_ended_guessed_title()
    case 'time':
      return m.queue_ended_time_title()
    case 'not-asked':
      return m.consent_ended_not_asked_title()
  }
}
