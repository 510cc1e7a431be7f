import { LinkState } from '../../protocol/socket.ts'
import { attended, setLink } from '../tickets/attendance.ts'
import { SMALL, type TechnicianMessage } from './handler.ts'

/** Lets in: the socket that attends the ticket; a link to nobody cannot be up. */
export const linkState: TechnicianMessage<'link-state'> = {
  schema: LinkState,
  maxBytes: SMALL,
  handle({ live }, from, { ticket: id, live: up }) {
    const ticket = attended(live, from, id)
    if (!ticket) return { code: 'forbidden', about: 'link-state' }
    if (up && ticket.seat.kind === 'free') return { code: 'nobody-there', about: 'link-state' }
    setLink(live, ticket, up, Date.now())
    return undefined
  },
}
