import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { locale } from '../../components/ui/locale.ts'
import type { CustomerLink } from '../../peer/live-link.ts'
import { wordsOf } from '../../peer/words/compare.ts'

/** The words that the technician should read out, in the language of the page. */
export type Compare = {
  words: ReadonlySignal<readonly string[] | undefined>
  part(link: Pick<CustomerLink, 'words' | 'send' | 'signal'>): void
}

export function startCompare(): Compare {
  const words = signal<readonly string[] | undefined>(undefined)
  return {
    words,
    part(link) {
      words.value = undefined
      const stop = effect(() => {
        const language = locale.value
        link.send({ type: 'page-language', language })
        void wordsOf(link.words, language).then(
          (read) => {
            if (!link.signal.aborted && locale.peek() === language) words.value = read
          },
          // A page whose server was updated meanwhile shows none.
          () => {},
        )
      })
      link.signal.addEventListener('abort', stop, { once: true })
    },
  }
}
