import './ask-button.css'
import type { ComponentChildren } from 'preact'
import type { TicketConsents } from '../../desk/session/consents.ts'
import type { ConsentTopic } from '../../protocol/consent.ts'
import { Button } from '../ui/button.tsx'
import { useAskAgain } from './ask-again.ts'

type Props = {
  consents: Pick<TicketConsents, 'again'>
  what: ConsentTopic
  kind?: 'primary'
  onAsk: () => void
  children: ComponentChildren
}

/** A question to the customer; after a no it waits a while, and says how long. */
export function AskButton({ consents, what, kind, onAsk, children }: Props) {
  const wait = useAskAgain(consents, what)
  return (
    <>
      <Button
        {...(kind && { kind })}
        class="ask-button"
        aria-disabled={wait !== undefined}
        onClick={() => wait === undefined && onAsk()}
      >
        {children}
      </Button>
      {wait && <p class="ask-again">{wait}</p>}
    </>
  )
}
