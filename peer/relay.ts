import type { TicketId } from '../protocol/ids.ts'
import type { PairMessage } from '../protocol/pairing.ts'
import type { Signalling } from './signalling.ts'

/** The way through the server to the other browser of one ticket. It may lose messages, and it is not trusted. */
export type TicketRelay = {
  /** @returns false where nothing was sent, because the socket is not open. */
  send(data: string): boolean
  onData(receive: (data: string) => void, signal: AbortSignal): void
  /** The server is there again, or says that the other side is. */
  onReady(ready: () => void, signal: AbortSignal): void
  /** @see Signalling.doubt */
  doubt(): void
}

export function ticketRelay(
  signalling: Signalling<'technician'> | Signalling<'customer'>,
  ticket: TicketId,
): TicketRelay {
  return {
    send: (data) => signalling.send({ type: 'relay', ticket, data }),
    onData(receive, signal) {
      signalling.onMessage((message) => {
        if (message.type === 'relay' && message.ticket === ticket) receive(message.data)
      }, signal)
    },
    doubt: () => signalling.doubt(),
    onReady(ready, signal) {
      signalling.onMessage(({ type }) => {
        if (type === 'welcome' || type === 'attended') ready()
      }, signal)
    },
  }
}

/** Sends one message of the handshake or one sealed signal. */
export function relayMessage(relay: TicketRelay, message: PairMessage): boolean {
  return relay.send(JSON.stringify(message))
}
