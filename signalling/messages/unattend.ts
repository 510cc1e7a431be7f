import { Unattend } from '../../protocol/socket.ts'
import { attended, unattend as unattendTicket } from '../tickets/attendance.ts'
import { SMALL, type TechnicianMessage } from './handler.ts'

/** Lets in: the socket that attends the ticket. */
export const unattend: TechnicianMessage<'unattend'> = {
  schema: Unattend,
  maxBytes: SMALL,
  handle({ live }, from, { ticket: id }) {
    const ticket = attended(live, from, id)
    if (!ticket) return { code: 'forbidden', about: 'unattend' }
    unattendTicket(live, ticket, from, 'released', Date.now())
    return undefined
  },
}
