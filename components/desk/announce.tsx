import { signal } from '@preact/signals'

const said = signal('')
let forgetting: ReturnType<typeof setTimeout> | undefined

/** Long enough to be noticed, short enough that the same sentence can be said anew, in ms. */
const KEPT_MS = 3000

/** Has screen readers say a sentence when they have finished what they are saying. */
export function announce(sentence: string) {
  clearTimeout(forgetting)
  said.value = sentence
  forgetting = setTimeout(() => {
    said.value = ''
  }, KEPT_MS)
}

/** Where `announce` speaks; there is one in the desk. */
export function Announcer() {
  return (
    <p class="unseen" role="status">
      {said.value}
    </p>
  )
}
