import { backoff } from '../../../peer/backoff.ts'
import { sleep } from '../../../peer/sleep.ts'
import { RefusedError } from '../../../protocol/errors.ts'

/** Asks again while the server is not reached or has too much to do. @throws what else it refuses with, or the signal's reason */
export async function patiently<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    signal.throwIfAborted()
    try {
      return await ask()
    } catch (error) {
      signal.throwIfAborted()
      const code = error instanceof RefusedError ? error.refusal.code : undefined
      if (!(error instanceof RefusedError) || (code !== 'unavailable' && code !== 'too-many')) throw error
      await sleep(error.refusal.retryAfterMs ?? backoff(failures), signal)
    }
  }
}
