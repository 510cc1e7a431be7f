import { type ReadonlySignal, signal } from '@preact/signals'
import { openSignalling, type Signalling, type SignallingState } from '../../peer/signalling.ts'
import type { Refusal } from '../../protocol/errors.ts'
import type { Time, Token } from '../../protocol/ids.ts'
import { ServerToTechnician } from '../../protocol/socket.ts'

/** How the desk stands with its server. `since` is when it was last open. */
export type Connection =
  | { kind: 'open' }
  | { kind: 'connecting'; since: Time }
  | { kind: 'waiting-to-retry'; since: Time; at: Time }
  | { kind: 'refused'; since: Time; refusal: Refusal }

/** The desk's one socket. It outlives sockets and tokens: who listens here goes on listening after a new sign-in. */
export type Wire = Signalling<'technician'> & {
  readonly connection: ReadonlySignal<Connection>
  /** Connects with a token, in place of the one before. */
  connect(token: Token): void
  /** Does not wait for the next try. */
  retryNow(): void
}

type Receive = Parameters<Signalling<'technician'>['onMessage']>[0]

export function openWire(origin: string, until: AbortSignal): Wire {
  const connection = signal<Connection>({ kind: 'connecting', since: Date.now() })
  const readers = new Set<Receive>()
  const network = new EventTarget()
  let current: { signalling: Signalling<'technician'>; life: AbortController } | undefined

  const retryNow = () => network.dispatchEvent(new Event('online'))
  window.addEventListener('online', retryNow, { signal: until })

  function show(state: SignallingState) {
    const before = connection.value
    const since = before.kind === 'open' ? Date.now() : before.since
    connection.value = state.kind === 'open' ? state : { ...state, since }
  }

  return {
    connection,
    retryNow,
    connect(token) {
      current?.life.abort()
      const life = new AbortController()
      const signalling = openSignalling({
        url: `${origin.replace(/^http/, 'ws')}/api/socket`,
        role: 'technician',
        hears: ServerToTechnician,
        token,
        network,
        onState: (state) => {
          if (!life.signal.aborted) show(state)
        },
        signal: AbortSignal.any([until, life.signal]),
      })
      signalling.onMessage((message) => {
        for (const receive of readers) receive(message)
      }, life.signal)
      current = { signalling, life }
    },
    doubt: () => current?.signalling.doubt(),
    send: (message) => current?.signalling.send(message) ?? false,
    onMessage(receive, signal) {
      if (signal.aborted) return
      readers.add(receive)
      signal.addEventListener('abort', () => readers.delete(receive), { once: true })
    },
  }
}
