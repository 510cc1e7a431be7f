import { signal } from '@preact/signals'
import { retried } from '../retried.ts'
import { loadWords } from '../words.ts'

type Later = typeof import('./later-parts.ts')

/**
 * What nobody needs before a link is up. It comes behind the link's own code, on the same line: what a link brings meanwhile (a question,
 * a file, a call) is in the page's state, and is shown as soon as this is there.
 */
export const later = signal<Later | undefined>(undefined)
/** It cannot be had at the moment. */
export const laterFailed = signal(false)
let loading: Promise<unknown> | undefined

/** Begins, or begins again where it could not be had. */
export function loadLater(): void {
  if (loading) return
  laterFailed.value = false
  loading = Promise.all([retried(() => import('./later-parts.ts')), loadWords('later')]).then(
    ([parts]) => {
      later.value = parts
    },
    () => {
      loading = undefined
      laterFailed.value = true
    },
  )
}
