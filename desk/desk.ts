import type { Me } from '../protocol/http.ts'
import type { Token } from '../protocol/ids.ts'
import { openQueueDocument } from './queue-document.ts'
import { ServerClient } from './server.ts'
import { openSessions, type Sessions } from './sessions.ts'
import type { Account } from './settings.ts'
import { openTickets, type Tickets } from './tickets.ts'
import { openWire, type Wire } from './wire.ts'

/** All that runs for a signed-in technician. */
export type Desk = {
  readonly origin: string
  readonly me: Me
  readonly server: ServerClient
  readonly wire: Wire
  readonly tickets: Tickets
  readonly sessions: Sessions
  /** After a new sign-in of the same account: everything goes on where it was. */
  takeToken(token: Token): void
}

export type DeskOptions = {
  /** This tab took the lead from another one. */
  tookLead: boolean
  onSignInOver(): void
  signal: AbortSignal
}

/** Starts the desk of an account; it stops with the signal. */
export function startDesk(account: Account, { tookLead, onSignInOver, signal }: DeskOptions): Desk {
  const { origin, me } = account
  let { token } = account
  const server = new ServerClient({ origin, token: () => token, onSignInOver })
  const wire = openWire(origin, signal)
  const document = openQueueDocument(me.id, signal)
  const tickets = openTickets({ server, wire, document, me, signal })
  const sessions = openSessions({ server, wire, tickets, me, tookLead, signal })
  const stopWatching = wire.connection.subscribe((connection) => {
    if (connection.kind === 'refused' && connection.refusal.code === 'unauthenticated') onSignInOver()
  })
  signal.addEventListener('abort', stopWatching, { once: true })
  wire.connect(token)

  return {
    ...{ origin, me, server, wire, tickets, sessions },
    takeToken(next) {
      if (next === token) return
      token = next
      wire.connect(next)
    },
  }
}
