import { type ReadonlySignal, signal } from '@preact/signals'
import { type Refusal, RefusedError } from '../protocol/errors.ts'
import type { Wire } from './wire.ts'

/** What the server last answered to a question whose answer changes when people do. */
export type LiveAnswer<T> = {
  /** Undefined until the first answer. */
  readonly latest: ReadonlySignal<T | undefined>
  /** Why the last question was refused; undefined once it is answered again. */
  readonly refusal: ReadonlySignal<Refusal | undefined>
  /** Asks now, or once more after the question that is under way. Never rejects. */
  refresh(): Promise<void>
}

type Parts<T> = { ask(signal: AbortSignal): Promise<T>; wire: Wire; signal: AbortSignal }

/** In ms, where the server does not say when. */
const RETRY_MS = 5000

/** Asks whenever the socket opens and at each `people` message; there is never more than one question under way. */
export function keepAnswer<T>({ ask, wire, signal: until }: Parts<T>): LiveAnswer<T> {
  const latest = signal<T | undefined>(undefined)
  const refusal = signal<Refusal | undefined>(undefined)
  let running: Promise<void> | undefined
  let again = false

  function refresh(): Promise<void> {
    again = true
    running ??= run().finally(() => {
      running = undefined
    })
    return running
  }

  async function run() {
    while (again && !until.aborted) {
      again = false
      await once()
    }
  }

  async function once() {
    try {
      latest.value = await ask(until)
      refusal.value = undefined
    } catch (error) {
      if (until.aborted) return
      if (!(error instanceof RefusedError)) throw error
      refusal.value = error.refusal
      const { code, retryAfterMs = RETRY_MS } = error.refusal
      if (code === 'unavailable' || code === 'too-many') setTimeout(refreshIfOpen, retryAfterMs)
    }
  }

  function refreshIfOpen() {
    if (!until.aborted && wire.connection.peek().kind === 'open') void refresh()
  }

  wire.onMessage((message) => {
    if (message.type === 'people') void refresh()
  }, until)
  const stop = wire.connection.subscribe(({ kind }) => {
    if (kind === 'open') void refresh()
  })
  until.addEventListener('abort', stop, { once: true })

  return { latest, refusal, refresh }
}
