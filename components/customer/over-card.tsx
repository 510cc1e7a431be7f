import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'

type Props = {
  /** What happened. */
  title: string
  /** What was kept, and what to do. */
  text: string
  /** What else is to be known of the session. */
  facts?: readonly string[]
  /** Absent where the same code would not help. */
  onAgain?: (() => void) | undefined
  /** Where only a new copy of the page helps. */
  onReload?: (() => void) | undefined
  onOtherCode: () => void
}

/** The session is over: why, and the ways on. */
export function OverCard({ title, text, facts = [], onAgain, onReload, onOtherCode }: Props) {
  return (
    <section class="card">
      <h1 tabIndex={-1}>{title}</h1>
      <p>{text}</p>
      {facts.map((fact) => (
        <p key={fact} class="card-quiet">
          {fact}
        </p>
      ))}
      <div class="card-actions">
        {onReload && (
          <Button kind="primary" onClick={onReload}>
            {m.customer_over_reload()}
          </Button>
        )}
        {onAgain && <Button onClick={onAgain}>{m.customer_over_again()}</Button>}
        <Button kind={onAgain || onReload ? 'quiet' : 'primary'} onClick={onOtherCode}>
          {m.customer_over_other_code()}
        </Button>
      </div>
    </section>
  )
}
