import { Attend } from '../../protocol/socket.ts'
import { findTicket } from '../store/tickets.ts'
import { attend as attendTicket } from '../tickets/attendance.ts'
import { checkAssignee, isOpen } from '../tickets/ticket.ts'
import { SMALL, type TechnicianMessage } from './handler.ts'

/** Lets in: the assignee of an open ticket. */
export const attend: TechnicianMessage<'attend'> = {
  schema: Attend,
  maxBytes: SMALL,
  async handle({ store, live }, from, { ticket: id, take }) {
    const stored = await findTicket(store, id)
    const now = Date.now()
    if (!stored) return { code: 'not-found', about: 'ticket' }
    const refusal = checkAssignee(from.technician, stored.assignee)
    if (refusal) return refusal
    if (!isOpen(stored.header, now)) return { code: 'dead-code', about: 'ticket' }
    // The socket may have closed while the database answered.
    if (from.connection.peer !== from) return undefined
    return attendTicket(live, from, stored, take, now)
  },
}
