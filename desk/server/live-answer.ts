import { batch, type ReadonlySignal, signal } from '@preact/signals'
import { type Refusal, RefusedError } from '../../protocol/errors.ts'
import type { Wire } from './wire.ts'

/** What the server last answered to a question whose answer changes when people do. */
export type LiveAnswer<T> = {
  /** Undefined until the first answer. */
  readonly latest: ReadonlySignal<T | undefined>
  /** Whether that is what the server said since the desk was opened, not what the disk had. */
  readonly answered: ReadonlySignal<boolean>
  /** Why the last question was refused; undefined once it is answered again. */
  readonly refusal: ReadonlySignal<Refusal | undefined>
  /** Asks now, or once more after the question that is under way. Never rejects. */
  refresh(): Promise<void>
}

type Parts<T> = {
  ask(signal: AbortSignal): Promise<T>
  /** What was answered last, on this disk: it stands until the server answers. */
  kept?: { read(): Promise<T | undefined>; keep(answer: T): Promise<void> }
  wire: Wire
  signal: AbortSignal
}

/** In ms, where the server does not say when. */
const RETRY_MS = 5000

/** Asks whenever the socket opens and at each `people` message; there is never more than one question under way. */
export function keepAnswer<T>({ ask, kept, wire, signal: until }: Parts<T>): LiveAnswer<T> {
  const latest = signal<T | undefined>(undefined)
  const answered = signal(false)
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

  // Where the disk keeps nothing it works without.
  kept
    ?.read()
    .then((answer) => {
      latest.value ??= answer
    })
    .catch(() => {})

  async function run() {
    while (again && !until.aborted) {
      again = false
      await once()
    }
  }

  async function once() {
    try {
      const answer = await ask(until)
      batch(() => {
        latest.value = answer
        answered.value = true
      })
      refusal.value = undefined
      kept?.keep(answer).catch(() => {})
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

  return { latest, answered, refusal, refresh }
}
