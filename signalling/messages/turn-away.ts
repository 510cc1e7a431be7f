import { TurnAway } from '../../protocol/socket.ts'
import { killJoin } from '../store/joins.ts'
import { attended, setLink } from '../tickets/attendance.ts'
import { turnAway as turnCustomerAway } from '../tickets/seating.ts'
import { SMALL, type TechnicianMessage } from './handler.ts'

/** Lets in: the socket that attends the ticket. The customer's token is dead afterwards; a new join is a new attempt. */
export const turnAway: TechnicianMessage<'turn-away'> = {
  schema: TurnAway,
  maxBytes: SMALL,
  async handle({ store, live }, from, { ticket: id, reason, retryAfterMs }) {
    const ticket = attended(live, from, id)
    if (!ticket) return { code: 'forbidden', about: 'turn-away' }
    setLink(live, ticket, false, Date.now())
    const { seat } = ticket
    if (seat.kind === 'free') return { code: 'nobody-there', about: 'turn-away' }
    try {
      // First: whoever is turned away may try the token at once.
      await killJoin(store, seat.join)
    } finally {
      const stillThere = ticket.seat.kind !== 'free' && ticket.seat.join === seat.join
      if (stillThere) turnCustomerAway(live, ticket, { reason, retryAfterMs }, Date.now())
    }
    return undefined
  },
}
