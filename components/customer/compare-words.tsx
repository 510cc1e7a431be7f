import './compare-words.css'
import { m } from '../../paraglide/messages.js'

/** Their place is kept while they are loaded, so that nothing moves under somebody's pointer. */
const COMING: readonly string[] = ['\u00a0', '\u00a0', '\u00a0', '\u00a0']

/** Who listens in, or plays the technician, has other words. */
export function CompareWords({
  technician,
  words = COMING,
}: {
  technician: string
  words: readonly string[] | undefined
}) {
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
