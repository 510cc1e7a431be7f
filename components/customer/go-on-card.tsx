import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

type Props = { technician: string; onGoOn: () => void; onStop: () => void }

/** A colleague has taken over: the screen is captured still, and shown to nobody until this is answered. */
export function GoOnCard({ technician, onGoOn, onStop }: Props) {
  return (
    <Notice
      tone="info"
      title={m.consent_go_on_title({ technician })}
      actions={
        <>
          <Button kind="primary" big onClick={onGoOn}>
            {m.consent_go_on()}
          </Button>
          <Button onClick={onStop}>{m.customer_bar_stop()}</Button>
        </>
      }
    >
      {m.consent_go_on_text({ technician })}
    </Notice>
  )
}
