import * as v from 'valibot'
import type { Attempts, AttemptsStore } from '../../peer/attempts.ts'
import { NO_ATTEMPTS } from '../../peer/attempts.ts'
import type { TicketRelay } from '../../peer/relay.ts'
import { Secret, TicketId } from '../../protocol/ids.ts'

export const TICKET = v.parse(TicketId, 'dGlja2V0dGlja2V0dGlja2')
export const OTHER_TICKET = v.parse(TicketId, 'b3RoZXJvdGhlcm90aGVyb3')
export const SECRET = v.parse(Secret, '67890')
export const WRONG = v.parse(Secret, '67891')

/** What stands between the two ends: gets each message, gives what arrives instead. */
export type Hostile = (data: string, from: 'technician' | 'customer') => string[]

/** The server's relay in memory: two ends, in order, each delivery in a turn of its own. */
export function relayPair(between: Hostile = (data) => [data]) {
  const readers = { technician: new Set<(data: string) => void>(), customer: new Set<(data: string) => void>() }
  const readies = { technician: new Set<() => void>(), customer: new Set<() => void>() }
  const said: { from: 'technician' | 'customer'; data: string }[] = []
  const end = (from: 'technician' | 'customer'): TicketRelay => ({
    send(data) {
      said.push({ from, data })
      const to = from === 'technician' ? 'customer' : 'technician'
      for (const arrived of between(data, from)) {
        queueMicrotask(() => {
          for (const receive of readers[to]) receive(arrived)
        })
      }
      return true
    },
    onData(receive, signal) {
      readers[from].add(receive)
      signal.addEventListener('abort', () => readers[from].delete(receive))
    },
    doubt() {},
    onReady(ready, signal) {
      readies[from].add(ready)
      signal.addEventListener('abort', () => readies[from].delete(ready))
    },
  })
  return { technician: end('technician'), customer: end('customer'), said, readies }
}

export function memoryAttempts(attempts: Attempts = NO_ATTEMPTS): AttemptsStore & { now: Attempts } {
  const store = {
    now: attempts,
    read: () => store.now,
    write(next: Attempts) {
      store.now = next
    },
  }
  return store
}
