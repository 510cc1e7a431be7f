import { RefusedError } from '../../protocol/errors.ts'
import { MAX_SOCKET_MESSAGE } from '../../protocol/limits.ts'
import { Hold } from '../../protocol/socket.ts'
import { tellCustomer } from '../socket/send.ts'
import { keepHeld } from '../store/held.ts'
import { tellHeld } from '../tickets/held.ts'
import type { CustomerMessage } from './handler.ts'

/** Lets in: the customer who has the seat. It is on the disk before it is answered. */
export const hold: CustomerMessage<'hold'> = {
  schema: Hold,
  maxBytes: MAX_SOCKET_MESSAGE,
  async handle({ live, store }, from, { id, box }) {
    const ticket = live.tickets.get(from.ticket)
    if (ticket?.customer !== from) return { code: 'forbidden', about: 'hold' }
    try {
      const count = await keepHeld(store, from.ticket, { id, box }, Date.now())
      tellCustomer(from, { type: 'held', id })
      tellHeld(live, ticket.header, count)
    } catch (error) {
      if (error instanceof RefusedError) return error.refusal
      throw error
    }
    return undefined
  },
}
