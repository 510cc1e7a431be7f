/** Which of several desk tabs of one browser does the work. */
export type Leadership =
  | { kind: 'asking' }
  /** `taken`: from another tab, which was asked to let go. */
  | { kind: 'leading'; taken: boolean }
  /** Another tab leads; when it closes, this one follows by itself. */
  | { kind: 'elsewhere' }

const LOCK = 'deskside-desk'

/**
 * Asks to lead, over the browser's own locks, which a crash releases too.
 * @returns takes the lead from the other tab
 */
export function lead(onState: (state: Leadership) => void, signal: AbortSignal): () => void {
  onState({ kind: 'asking' })
  navigator.locks
    .request(LOCK, { ifAvailable: true }, (lock) => {
      if (lock) return hold(false)
      onState({ kind: 'elsewhere' })
      queue()
      return undefined
    })
    .catch(lost)

  function queue() {
    navigator.locks.request(LOCK, { signal }, () => hold(false)).catch(lost)
  }

  function hold(taken: boolean): Promise<void> {
    onState({ kind: 'leading', taken })
    return new Promise((release) => signal.addEventListener('abort', () => release(), { once: true }))
  }

  /** The lock was stolen by another tab, or the wait for it was aborted. */
  function lost() {
    if (!signal.aborted) onState({ kind: 'elsewhere' })
  }

  return () => {
    navigator.locks.request(LOCK, { steal: true }, () => hold(true)).catch(lost)
  }
}

/** Whether a desk tab of this browser leads; asked from outside of the tabs. */
export async function isDeskLed(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query()
  return held.some(({ name }) => name === LOCK)
}
