import './recording-bar.css'
import { m } from '../../paraglide/messages.js'
import type { Consent, ConsentId } from '../../protocol/consent.ts'
import { Button } from '../ui/button.tsx'
import { Elapsed } from '../ui/elapsed.tsx'

type Props = { consents: readonly Consent[]; onEnd: (id: ConsentId) => void }

/** Always in sight while the session is recorded: by whom, since when, and how to end it. */
export function RecordingBar({ consents, onEnd }: Props) {
  const allowed = consents.find(({ what, state }) => what === 'recording' && state.kind === 'granted')
  if (allowed?.state.kind !== 'granted') return null
  return (
    <section class="recording-bar" aria-label={m.media_customer_bar()}>
      <div class="recording-bar-inside">
        <span class="recording-mark" aria-hidden="true" />
        <p>
          <strong>{m.media_customer_recording({ technician: allowed.to })}</strong> <Elapsed since={allowed.state.at} />
        </p>
        <Button onClick={() => onEnd(allowed.id)}>{m.media_customer_stop()}</Button>
      </div>
    </section>
  )
}
