import { Attend } from '../../protocol/socket.ts'
import { assigneeOf } from '../../protocol/ticket.ts'
import { findTicket } from '../store/tickets.ts'
import { attend as attendTicket } from '../tickets/attendance.ts'
import { latestOf } from '../tickets/latest.ts'
import { maySee } from '../tickets/rights.ts'
import { isOpen } from '../tickets/ticket.ts'
import { SMALL, type TechnicianMessage } from './handler.ts'

/** Lets in: the assignee of an open ticket. */
export const attend: TechnicianMessage<'attend'> = {
  schema: Attend,
  maxBytes: SMALL,
  async handle({ store, live }, from, { ticket: id, take }) {
    const read = await findTicket(store, id)
    const now = Date.now()
    const stored = read && latestOf(live, read)
    if (!stored) return { code: 'not-found', about: 'ticket' }
    if (!maySee(from.technician, stored)) return { code: 'not-found', about: 'ticket' }
    if (!isOpen(stored, now)) return { code: 'dead-code', about: 'ticket' }
    if (assigneeOf(stored) !== from.technician.id) return { code: 'forbidden', about: 'ticket' }
    // The socket may have closed while the database answered.
    if (from.connection.peer !== from) return undefined
    return attendTicket(live, from, stored, take, now)
  },
}
