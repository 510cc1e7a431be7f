import './compare-words.css'
import { m } from '../../paraglide/messages.js'

/** Who listens in, or plays the technician, has other words. */
export function CompareWords({ technician, words }: { technician: string; words: readonly string[] }) {
  return (
    <div class="compare-words">
      <p class="card-quiet">{m.consent_words({ technician })}</p>
      <ul aria-label={m.consent_words_label()}>
        {words.map((word, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same word may come twice
          <li key={at}>{word}</li>
        ))}
      </ul>
      <p class="card-quiet">{m.consent_words_other()}</p>
    </div>
  )
}
