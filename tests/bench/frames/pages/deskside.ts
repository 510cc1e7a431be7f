import * as v from 'valibot'
import { type AttemptsStore, NO_ATTEMPTS } from '../../../../peer/attempts.ts'
import { openCustomerSession } from '../../../../peer/customer-session.ts'
import type { CustomerPart, TechnicianPart } from '../../../../peer/live-link.ts'
import type { TicketRelay } from '../../../../peer/relay.ts'
import type { SessionState } from '../../../../peer/session-state.ts'
import { createScreenShare } from '../../../../peer/share.ts'
import { openTechnicianSession } from '../../../../peer/technician-session.ts'
import { Secret, TicketId } from '../../../../protocol/ids.ts'

/** The product's own sessions, paired and sealed as always, over the bare relay. */

const ticket = v.parse(TicketId, 'A'.repeat(22))
const secret = v.parse(Secret, '12345')
const attempts: AttemptsStore = { read: () => NO_ATTEMPTS, write: () => undefined }
const ice = async () => ({ iceServers: [], expiresAt: 0 })
const { signal } = new AbortController()

/** @returns once the session is live: what the person's click on "Share my screen" does. */
export async function desksideSender(socket: WebSocket, parts: CustomerPart[]): Promise<() => Promise<void>> {
  const share = createScreenShare({ signal })
  await live((state) => {
    const on = { state, chat: ignore, chatReceived: ignore }
    openCustomerSession({ ticket, secret, relay: relayOver(socket), ice, attempts, share, parts, signal, on })
  })
  return () => share.start('automatic')
}

export async function desksideReceiver(
  socket: WebSocket,
  onStream: (stream: MediaStream) => void,
  parts: TechnicianPart[],
): Promise<void> {
  await live((state) => {
    const on = { state, chat: ignore, chatReceived: ignore, screen: ignore, stream: onStream, quality: ignore }
    openTechnicianSession({ ticket, secret, relay: relayOver(socket), ice, attempts, parts, signal, on })
  })
}

function ignore(): void {}

function live(open: (state: (state: SessionState) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    open((state) => {
      if (state.kind === 'live') resolve()
      if (state.kind === 'over') reject(new Error(`the session is over: ${state.why}`))
    })
  })
}

function relayOver(socket: WebSocket): TicketRelay {
  return {
    send(data) {
      socket.send(data)
      return true
    },
    onData(hear, until) {
      socket.addEventListener('message', ({ data }: MessageEvent<string>) => hear(data), { signal: until })
    },
    onReady: ignore,
    doubt: ignore,
  }
}
