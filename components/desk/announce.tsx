import { signal } from '@preact/signals'

const said = signal('')

/** Has screen readers say a sentence when they have finished what they are saying. */
export function announce(sentence: string) {
  said.value = sentence
}

/** Where `announce` speaks; there is one in the desk. */
export function Announcer() {
  return (
    <p class="unseen" role="status">
      {said.value}
    </p>
  )
}
