import { MAX_SOCKET_MESSAGE } from '../../protocol/limits.ts'
import { Relay } from '../../protocol/socket.ts'
import type { Connection, CustomerPeer, TechnicianPeer } from '../socket/peer.ts'
import { forward } from '../socket/send.ts'
import type { Live, LiveTicket } from '../tickets/live.ts'
import type { CustomerMessage, Outcome, TechnicianMessage } from './handler.ts'
import { relayTicket } from './relay-text.ts'

/** The hot path: the right is read from memory, and the bytes go on as they came. */

/** Lets in: the socket that attends the ticket. */
export const relayFromTechnician: TechnicianMessage<'relay'> = {
  schema: Relay,
  maxBytes: MAX_SOCKET_MESSAGE,
  handle({ live }, from, { ticket }, bytes) {
    return pass(otherSide(live.tickets.get(ticket), from), bytes)
  },
}

/** Lets in: the customer who has the ticket's seat. */
export const relayFromCustomer: CustomerMessage<'relay'> = {
  schema: Relay,
  maxBytes: MAX_SOCKET_MESSAGE,
  handle({ live }, from, { ticket }, bytes) {
    return pass(otherSide(live.tickets.get(ticket), from), bytes)
  },
}

/** Relays a message in its usual spelling. False: nothing happened, and the message is to be read as any other. */
export function relayAtOnce(live: Live, from: TechnicianPeer | CustomerPeer, bytes: Buffer): boolean {
  const text = relayTicket(bytes)
  if (text === undefined) return false
  // That there is such a ticket shows that the text is a ticket's id.
  const tickets: ReadonlyMap<string, LiveTicket> = live.tickets
  const to = otherSide(tickets.get(text), from)
  if (to.kind !== 'there') return false
  forward(to.connection, bytes)
  return true
}

type OtherSide = { kind: 'there'; connection: Connection } | { kind: 'not-yours' } | { kind: 'nobody' }

const NOT_YOURS = { kind: 'not-yours' } as const
const NOBODY = { kind: 'nobody' } as const

/** Who gets what `from` sends on this ticket. */
function otherSide(ticket: LiveTicket | undefined, from: TechnicianPeer | CustomerPeer): OtherSide {
  if (!ticket) return NOT_YOURS
  const { attendant, customer } = ticket
  if (from !== attendant && from !== customer) return NOT_YOURS
  const to = from === attendant ? customer : attendant
  return to ? { kind: 'there', connection: to.connection } : NOBODY
}

function pass(to: OtherSide, bytes: Buffer): Outcome {
  if (to.kind === 'not-yours') return { code: 'forbidden', about: 'relay' }
  if (to.kind === 'nobody') return { code: 'nobody-there', about: 'relay' }
  forward(to.connection, bytes)
  return undefined
}
