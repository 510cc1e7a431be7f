import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { formatCode } from '../../protocol/code.ts'
import type { Lookup, Secret } from '../../protocol/ids.ts'
import { Button } from '../ui/button.tsx'

/** The code of a ticket; its secret half is shown when one asks for it. */
export function TicketCode({ lookup, secret }: { lookup: Lookup; secret: Secret | undefined }) {
  const [shown, show] = useState(false)
  if (!secret) return <span class="code">{lookup}</span>
  return (
    <span class="ticket-code">
      {shown ? (
        <span class="code">{formatCode({ lookup, secret })}</span>
      ) : (
        <span class="code">
          {lookup}-<span aria-hidden="true">·····</span>
        </span>
      )}
      <Button kind="quiet" class="ticket-code-show" onClick={() => show(!shown)}>
        {shown ? m.queue_code_hide() : m.queue_code_show()}
      </Button>
    </span>
  )
}
