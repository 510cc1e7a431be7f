import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { RepliesDialog } from '../queue/replies-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { AccountSection } from './account-section.tsx'

/** The way to the canned replies while no chat is open. */
export function RepliesSection() {
  const [open, show] = useState(false)
  return (
    <AccountSection title={m.replies_label()}>
      <p>{m.replies_account()}</p>
      <div class="account-actions">
        <Button onClick={() => show(true)}>{m.replies_manage()}</Button>
      </div>
      {open && <RepliesDialog onClose={() => show(false)} />}
    </AccountSection>
  )
}
