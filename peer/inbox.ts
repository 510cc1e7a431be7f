import * as v from 'valibot'
import { MAX_RELAY_DATA } from '../protocol/limits.ts'
import { PairMessage } from '../protocol/pairing.ts'
import { LinkError } from './link-error.ts'
import type { TicketRelay } from './relay.ts'

/** Far more than a handshake and all candidates; beyond it somebody floods. */
const MAX_WAITING = 256

/** What came through the relay, decoded, in order, each taken by exactly one reader. */
export type Inbox = {
  /** The next message. @throws the signal's reason, or LinkError `tampered` where the relay brought garbage. */
  next(signal: AbortSignal): Promise<PairMessage>
}

export function openInbox(relay: TicketRelay, signal: AbortSignal): Inbox {
  const waiting: (PairMessage | LinkError)[] = []
  let wake = () => {}
  relay.onData((data) => {
    if (waiting.length > MAX_WAITING) return
    waiting.push(waiting.length === MAX_WAITING ? new LinkError('tampered', 'the relay floods') : decode(data))
    wake()
  }, signal)
  return {
    async next(stop) {
      for (;;) {
        stop.throwIfAborted()
        const message = waiting.shift()
        if (message instanceof LinkError) throw message
        if (message) return message
        const { promise, resolve } = Promise.withResolvers<void>()
        wake = resolve
        stop.addEventListener('abort', wake, { once: true })
        await promise
        stop.removeEventListener('abort', wake)
      }
    },
  }
}

function decode(data: string): PairMessage | LinkError {
  if (data.length > MAX_RELAY_DATA) return new LinkError('tampered', 'a relayed message is too large')
  try {
    return v.parse(PairMessage, JSON.parse(data))
  } catch {
    return new LinkError('tampered', 'a relayed message is malformed')
  }
}
