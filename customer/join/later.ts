import { signal } from '@preact/signals'
import { retried } from '../retried.ts'
import { loadWords } from '../words.ts'

type Later = typeof import('./later-parts.ts')

/**
 * What nobody needs before a link is up: asked for as soon as the page is shown, and a link waits for it, so that a question, a file or
 * a call that comes over one is shown at once.
 */
export const later = signal<Later | undefined>(undefined)
let loading: Promise<unknown> | undefined

/** Rejects where it cannot be had for a while; the next one who asks tries again. */
export function loadLater(): Promise<unknown> {
  loading ??= Promise.all([retried(() => import('./later-parts.ts')), loadWords('later')]).then(([parts]) => {
    later.value = parts
  })
  loading.catch(() => {
    loading = undefined
  })
  return loading
}
