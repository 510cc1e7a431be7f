import * as v from 'valibot'
import { type AttemptsStore, NO_ATTEMPTS } from '../../../../peer/attempts.ts'
import type { TicketRelay } from '../../../../peer/relay.ts'
import { Secret, TicketId } from '../../../../protocol/ids.ts'

/** What both ends of the product's own session are opened with here, over a bare relay. */
export const about = {
  ticket: v.parse(TicketId, 'A'.repeat(22)),
  secret: v.parse(Secret, '12345'),
  attempts: { read: () => NO_ATTEMPTS, write: () => undefined } satisfies AttemptsStore,
  ice: async () => ({ iceServers: [], expiresAt: 0 }),
  signal: new AbortController().signal,
}

export function ignore(): void {}

export async function openRelay(): Promise<TicketRelay> {
  const socket = new WebSocket(new URLSearchParams(location.search).get('relay') ?? '')
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = reject
  })
  return {
    send(data) {
      socket.send(data)
      return true
    },
    onData: (hear, until) =>
      socket.addEventListener('message', ({ data }: MessageEvent<string>) => hear(data), { signal: until }),
    onReady: ignore,
    doubt: ignore,
  }
}

/** The bare channel that stands beside the product's: of the same connection, agreed on beforehand. */
export function bareChannel(connection: RTCPeerConnection): RTCDataChannel {
  return connection.createDataChannel('bare', { negotiated: true, id: 99 })
}

/** The wall clock in ms, finer than `Date.now`. */
export function clock(): number {
  return performance.timeOrigin + performance.now()
}
