import { effect } from '@preact/signals'
import type { Room } from './room.ts'

/** Resolves when the mailbox has all that was written here; rejects with the signal's reason when that comes first. */
export function roomStored({ state, pending }: Pick<Room, 'state' | 'pending'>, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const stop = effect(() => {
    // While it is loading, nothing has been counted yet.
    if (state.value.kind !== 'loading' && pending.value.updates === 0) resolve()
  })
  const give = () => reject(signal.reason)
  if (signal.aborted) give()
  signal.addEventListener('abort', give, { once: true })
  return promise.finally(() => {
    stop()
    signal.removeEventListener('abort', give)
  })
}
