import './sharing-bar.css'
import { m } from '../../paraglide/messages.js'
import type { Time } from '../../protocol/ids.ts'
import { Button } from '../ui/button.tsx'
import { Elapsed } from '../ui/elapsed.tsx'

type Props = {
  /** What is shown, as a sentence. */
  what: string
  technician: string
  since: Time
  /** The connection is cut: nothing new is seen. */
  paused: boolean
  /** Its sound is heard too. */
  sound: boolean
  onStop: () => void
  onStopSound: () => void
}

/** Always in sight while a screen is shared: what, to whom, since when, and Stop. */
export function SharingBar({ what, technician, since, paused, sound, onStop, onStopSound }: Props) {
  return (
    <section class="sharing-bar" aria-label={m.customer_bar_label()}>
      <div class="sharing-bar-inside">
        <span class={`sharing-dot ${paused ? 'paused' : ''}`} aria-hidden="true" />
        <p>
          <strong>{paused ? m.customer_bar_paused() : what}</strong>
          <span class="sharing-whom">
            {m.customer_bar_whom({ technician })} · <Elapsed since={since} />
          </span>
          {sound && (
            <span class="sharing-whom">
              {m.sound_with({ technician })}{' '}
              <button type="button" class="page-link" onClick={onStopSound}>
                {m.sound_stop()}
              </button>
            </span>
          )}
        </p>
        <Button kind="stop" onClick={onStop}>
          {m.customer_bar_stop()}
        </Button>
      </div>
    </section>
  )
}
