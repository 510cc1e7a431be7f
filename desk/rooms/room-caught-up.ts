import { effect } from '@preact/signals'
import type { Room } from './room.ts'

type Standing = Pick<Room, 'state' | 'pending'>

/** Resolves when the mailbox has all that was written here; rejects with the signal's reason when that comes first. */
export function roomStored({ state, pending }: Standing, signal: AbortSignal): Promise<void> {
  // While it is loading, nothing has been counted yet.
  return whenever(() => state.value.kind !== 'loading' && pending.value.updates === 0, signal)
}

/** Resolves when all that the mailbox has is here; rejects with the signal's reason when that comes first. */
export function roomRead({ state }: Pick<Standing, 'state'>, signal: AbortSignal): Promise<void> {
  return whenever(() => state.value.kind === 'synced', signal)
}

/** @param is followed as a signal */
function whenever(is: () => boolean, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const stop = effect(() => {
    if (is()) resolve()
  })
  const give = () => reject(signal.reason)
  if (signal.aborted) give()
  signal.addEventListener('abort', give, { once: true })
  return promise.finally(() => {
    stop()
    signal.removeEventListener('abort', give)
  })
}
