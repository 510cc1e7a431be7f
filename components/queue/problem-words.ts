import { QueueError, type QueueErrorWhy } from '../../desk/queue/queue-error.ts'
import { m } from '../../paraglide/messages.js'
import { RefusedError } from '../../protocol/errors.ts'
import type { TechnicianId } from '../../protocol/ids.ts'
import { assigneeOf, type TicketHeader } from '../../protocol/ticket.ts'
import { refusalSentence } from '../ui/refusal.ts'
import type { Names } from './names.ts'

/** Who was faster, or what happened to the ticket meanwhile. */
export function overtakenWords(ticket: TicketHeader, me: TechnicianId, names: Names): string {
  const { state } = ticket
  switch (state.kind) {
    case 'resolved':
      return m.queue_overtaken_resolved({ name: names.technician(state.by) })
    case 'expired':
      return m.queue_overtaken_ended()
    case 'open': {
      const assignee = assigneeOf(ticket)
      if (assignee === null) return m.queue_overtaken_free()
      return assignee === me ? m.queue_overtaken_mine() : m.queue_overtaken_by({ name: names.technician(assignee) })
    }
  }
}

/** Why something could not be done. @throws what is no refusal */
export function problemWords(cause: unknown): string {
  if (cause instanceof QueueError) return queueErrorWords(cause.why)
  if (!(cause instanceof RefusedError)) throw cause
  switch (cause.refusal.code) {
    case 'unavailable':
      return m.queue_needs_server()
    case 'not-found':
      return m.queue_gone()
    default:
      return refusalSentence(cause.refusal)
  }
}

function queueErrorWords(why: QueueErrorWhy): string {
  switch (why) {
    case 'no-details':
      return m.queue_no_details_text()
    case 'no-keys':
      return m.queue_no_keys()
    case 'group-without-keys':
      return m.queue_move_no_keys()
    case 'gone':
      return m.queue_gone()
  }
}
