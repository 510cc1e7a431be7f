import { type ReadonlySignal, signal } from '@preact/signals'
import type { TechnicianLink } from '../../peer/live-link.ts'
import { wordsOf } from '../../peer/words/compare.ts'

/** The words that technician and customer read to each other over the telephone. */
export type Compare = {
  /** In the language of the customer's page; undefined until that is known, and without a session. */
  readonly words: ReadonlySignal<readonly string[] | undefined>
  part(link: Pick<TechnicianLink, 'words' | 'on' | 'signal'>): void
  /** The session is over, and with it its keys. */
  over(): void
}

export function startCompare(): Compare {
  const words = signal<readonly string[] | undefined>(undefined)
  let now: AbortSignal | undefined
  return {
    words,
    part(link) {
      now = link.signal
      link.on('page-language', ({ language }) => {
        void wordsOf(link.words, language).then((read) => {
          if (now === link.signal) words.value = read
        })
      })
    },
    over() {
      now = undefined
      words.value = undefined
    },
  }
}
