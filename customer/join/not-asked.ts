import { type ReadonlySignal, signal } from '@preact/signals'
import { backoff } from '../../peer/backoff.ts'
import { sleep } from '../../peer/sleep.ts'
import type { Consent } from '../../protocol/consent.ts'
import { RefusedError } from '../../protocol/errors.ts'
import type { Token } from '../../protocol/ids.ts'
import { sayNotAsked } from './api.ts'

/** What became of "I did not ask for this". */
export type NotAsked = {
  /** What was allowed at that moment, and is stopped. */
  stopped: readonly Consent[]
  /** Whether the help desk knows. `unknown`: there was no code that it could be told of. */
  told: 'telling' | 'told' | 'not-told' | 'unknown'
}

export type NotAskedReport = {
  state: ReadonlySignal<NotAsked>
  /** @param token of the seat that is given up; undefined where there is none. */
  begin(stopped: readonly Consent[], token: Token | undefined): void
}

/** So long the server is told again and again, in ms. */
const PATIENCE_MS = 60_000

export function startNotAsked(until: AbortSignal): NotAskedReport {
  const state = signal<NotAsked>({ stopped: [], told: 'unknown' })

  async function tell(token: Token) {
    const giveUpAt = Date.now() + PATIENCE_MS
    for (let failures = 1; !until.aborted; failures += 1) {
      try {
        await sayNotAsked(token, until)
        return become('told')
      } catch (cause) {
        const passing = cause instanceof RefusedError && cause.refusal.code === 'unavailable'
        if (!passing || Date.now() > giveUpAt) return become('not-told')
        await sleep(backoff(failures), until)
      }
    }
  }

  function become(told: NotAsked['told']) {
    state.value = { ...state.value, told }
  }

  return {
    state,
    begin(stopped, token) {
      state.value = { stopped, told: token ? 'telling' : 'unknown' }
      if (token) void tell(token)
    },
  }
}
