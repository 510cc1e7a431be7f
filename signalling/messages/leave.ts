import { Leave } from '../../protocol/socket.ts'
import { CLOSE, dismiss } from '../socket/send.ts'
import { killJoin } from '../store/joins.ts'
import { setLink } from '../tickets/attendance.ts'
import { freeSeat } from '../tickets/seating.ts'
import { type CustomerMessage, SMALL } from './handler.ts'

/** Lets in: any customer, for its own seat. The token is dead afterwards. */
export const leave: CustomerMessage<'leave'> = {
  schema: Leave,
  maxBytes: SMALL,
  async handle({ store, live }, from) {
    const now = Date.now()
    const ticket = live.tickets.get(from.ticket)
    if (ticket?.customer === from) {
      freeSeat(live, ticket, 'customer', now)
      setLink(live, ticket, false, now)
    }
    try {
      await killJoin(store, from.join)
    } finally {
      // Not before: whoever hears of it may try the token.
      dismiss(from.connection, CLOSE.done)
    }
    return undefined
  },
}
