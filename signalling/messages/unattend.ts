import type { Unattend } from '../../protocol/socket.ts'
import type { TechnicianPeer } from '../socket/peer.ts'
import { attended, unattend as unattendTicket } from '../tickets/attendance.ts'
import { type MessageHandler, SMALL } from './handler.ts'

/** Lets in: the socket that attends the ticket. */
export const unattend: MessageHandler<Unattend, TechnicianPeer> = {
  maxBytes: SMALL,
  handle({ live }, from, { ticket: id }) {
    const ticket = attended(live, from, id)
    if (!ticket) return { code: 'forbidden', about: 'unattend' }
    unattendTicket(live, ticket, from, Date.now())
    return undefined
  },
}
