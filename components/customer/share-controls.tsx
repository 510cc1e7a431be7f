import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

type Props = {
  technician: string
  /** The technician asks to see the screen and waits for an answer. */
  asked: boolean
  /** The browser's own picker is open. */
  choosing: boolean
  /** How the last try ended, as a sentence. */
  outcome: string | undefined
  onShare: () => void
  onNotNow: () => void
}

/** The one big button, and what it means. */
export function ShareControls({ technician, asked, choosing, outcome, onShare, onNotNow }: Props) {
  const share = (
    <Button kind="primary" big aria-disabled={choosing} onClick={() => !choosing && onShare()}>
      {choosing ? m.customer_share_choosing() : m.customer_share_button()}
    </Button>
  )
  return (
    <>
      {asked ? (
        <Notice
          tone="info"
          title={m.customer_share_asked({ technician })}
          actions={
            <>
              {share}
              <Button onClick={onNotNow}>{m.customer_share_not_now()}</Button>
            </>
          }
        />
      ) : (
        <>
          {outcome && <p role="status">{outcome}</p>}
          {share}
        </>
      )}
      <p class="card-quiet">{choosing ? m.customer_share_choosing_how() : m.customer_share_promise({ technician })}</p>
    </>
  )
}
