import { m } from '../../paraglide/messages.js'
import type { Consent } from '../../protocol/consent.ts'
import { Button } from '../ui/button.tsx'
import { topicName } from './permission-words.ts'

type Props = {
  organisation: string
  /** What was allowed, and is stopped. */
  stopped: readonly Consent[]
  /** Whether the help desk knows. `unknown`: there was no code that it could be told of. */
  told: 'telling' | 'told' | 'not-told' | 'unknown'
  onMistake: () => void
}

/** After "I did not ask for this": everything is closed, and this is what to do about it. */
export function NotAskedCard({ organisation, stopped, told, onMistake }: Props) {
  return (
    <section class="card">
      <h1 tabIndex={-1}>{m.customer_refused_heading()}</h1>
      <p>{m.customer_refused_lead()}</p>
      {stopped.length > 0 && (
        <p>
          <strong>{m.consent_refused_stopped({ what: stopped.map(({ what }) => topicName(what)).join(', ') })}</strong>
        </p>
      )}
      <p role="status">{toldSentence(told, organisation)}</p>
      <h2>{m.consent_refused_now()}</h2>
      <ul class="advice">
        <li>{m.customer_refused_call()}</li>
        <li>{m.customer_refused_codes()}</li>
        <li>{m.consent_refused_passwords()}</li>
        <li>{m.customer_refused_bank()}</li>
        <li>{m.customer_refused_tell({ organisation })}</li>
      </ul>
      <p class="card-quiet">{m.consent_refused_kept()}</p>
      <h2>{m.consent_refused_mistake()}</h2>
      <p>{m.consent_refused_mistake_text()}</p>
      <Button onClick={onMistake}>{m.customer_refused_mistake()}</Button>
    </section>
  )
}

function toldSentence(told: Props['told'], organisation: string): string {
  switch (told) {
    case 'telling':
      return m.consent_refused_telling({ organisation })
    case 'told':
      return m.consent_refused_told({ organisation })
    case 'not-told':
      return m.consent_refused_not_told({ organisation })
    case 'unknown':
      return m.consent_refused_unknown()
  }
}
