import type { Token } from '../../protocol/ids.ts'

/** A page that is being left, by a reload, lets go within this time. */
const PATIENCE_MS = 2000

/**
 * Of all tabs of this browser one has the seat of a token: a duplicated tab has a copy of the token, and must not take
 * the seat from the tab that is using it.
 * @returns whether this tab has it now, until the signal is aborted or the page is gone.
 */
export function holdSeat(token: Token, signal: AbortSignal): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)])
  navigator.locks
    .request(`deskside-seat:${token}`, { signal: patience }, () => {
      resolve(true)
      return new Promise<void>((free) => signal.addEventListener('abort', () => free(), { once: true }))
    })
    .catch(() => resolve(false))
  return promise
}
