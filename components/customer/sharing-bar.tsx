import './sharing-bar.css'
import { m } from '../../paraglide/messages.js'
import type { Time } from '../../protocol/ids.ts'
import { Button } from '../ui/button.tsx'
import { Elapsed } from '../ui/elapsed.tsx'

type Props = {
  /** What is shown, as a sentence; or that nobody sees it at the moment. */
  what: string
  /** To whom, since when, and what takes its sound back where that is heard too; undefined where nobody sees it. */
  shown: { technician: string; since: Time; stopSound: (() => void) | undefined } | undefined
  /** Nothing new is seen. */
  paused: boolean
  onStop: () => void
}

/** Always in sight while a screen is shared: what, to whom, since when, and Stop. */
export function SharingBar({ what, shown, paused, onStop }: Props) {
  return (
    <section class="sharing-bar" aria-label={m.customer_bar_label()}>
      <div class="sharing-bar-inside">
        <span class={`sharing-dot ${paused ? 'paused' : ''}`} aria-hidden="true" />
        <p>
          <strong>{what}</strong>
          {shown && (
            <span class="sharing-whom">
              {m.customer_bar_whom({ technician: shown.technician })} · <Elapsed since={shown.since} />
            </span>
          )}
          {shown?.stopSound && (
            <span class="sharing-whom">
              {m.sound_with({ technician: shown.technician })}{' '}
              <button type="button" class="page-link" onClick={shown.stopSound}>
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
