import { effect, type ReadonlySignal } from '@preact/signals'
import type { Files } from './files.ts'
import type { Sharing } from './sharing.ts'

const SHARED = 'deskside.shared'

/** Whether the screen was shared when this page was left by a reload: the browser lets no page go on with that by itself. */
export const sharedBefore = read()

type Parts = { sharing: ReadonlySignal<Sharing>; files: Pick<Files, 'list' | 'exchange'> }

/** Asks before a page is left that shares the screen, which it remembers, or has files that would go with it. */
export function warnBeforeLeaving({ sharing, files }: Parts, signal: AbortSignal) {
  const shared = () => sharing.value.kind === 'shared'
  const ask = (event: BeforeUnloadEvent) => {
    if (shared() || files.exchange?.atStake()) event.preventDefault()
  }
  // A page that always listens is not kept for going back to.
  const stop = effect(() => {
    if (shared() || files.list.value.length > 0) addEventListener('beforeunload', ask)
    else removeEventListener('beforeunload', ask)
  })
  addEventListener('pagehide', () => shared() && write(), { signal })
  signal.addEventListener('abort', () => {
    stop()
    removeEventListener('beforeunload', ask)
  })
}

/** Once: the next reload speaks for itself. */
function read(): boolean {
  try {
    const kept = sessionStorage.getItem(SHARED) !== null
    sessionStorage.removeItem(SHARED)
    return kept
  } catch {
    return false
  }
}

/** A browser that forbids storage only loses the sentence. */
function write() {
  try {
    sessionStorage.setItem(SHARED, '1')
  } catch {
    return
  }
}
