import { MAX_SOCKET_MESSAGE } from '../../protocol/limits.ts'
import { forward } from '../socket/send.ts'
import { attended } from '../tickets/attendance.ts'
import type { CustomerMessage, TechnicianMessage } from './handler.ts'
import { RelayForm } from './relay-form.ts'

/** The hot path: the right is read from memory, and the bytes go on as they came. */

/** Lets in: the socket that attends the ticket. */
export const relayFromTechnician: TechnicianMessage<'relay'> = {
  schema: RelayForm,
  maxBytes: MAX_SOCKET_MESSAGE,
  handle({ live }, from, { ticket: id }, bytes) {
    const ticket = attended(live, from, id)
    if (!ticket) return { code: 'forbidden', about: 'relay' }
    if (!ticket.customer) return { code: 'nobody-there', about: 'relay' }
    forward(ticket.customer.connection, bytes)
    return undefined
  },
}

/** Lets in: the customer who has the ticket's seat. */
export const relayFromCustomer: CustomerMessage<'relay'> = {
  schema: RelayForm,
  maxBytes: MAX_SOCKET_MESSAGE,
  handle({ live }, from, { ticket: id }, bytes) {
    const ticket = live.tickets.get(id)
    if (ticket?.customer !== from) return { code: 'forbidden', about: 'relay' }
    if (!ticket.attendant) return { code: 'nobody-there', about: 'relay' }
    forward(ticket.attendant.connection, bytes)
    return undefined
  },
}
