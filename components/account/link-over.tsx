import type { LinkKind } from '../../desk/account/address.ts'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

type Props = { link: LinkKind; onSignIn: () => void; onAskAgain: () => void; onBack: () => void }

/** A link that was used, or is too old: what that means, and the ways on. */
export function LinkOver({ link, onSignIn, onAskAgain, onBack }: Props) {
  return (
    <div class="account-form">
      <Notice tone="waiting" title={sentences[link]()} />
      <div class="account-form-actions">
        <Button onClick={onBack}>{m.account_other_server()}</Button>
        {link === 'reset' && <Button onClick={onAskAgain}>{m.forgotten_ask_again()}</Button>}
        <Button kind="primary" onClick={onSignIn}>
          {m.account_sign_in()}
        </Button>
      </div>
    </div>
  )
}

export function linkOverTitle(link: LinkKind): string {
  return titles[link]()
}

const titles: Record<LinkKind, () => string> = {
  setup: () => m.setup_form_title(),
  invitation: () => m.invitation_yours(),
  reset: () => m.reset_title(),
}

const sentences: Record<LinkKind, () => string> = {
  setup: () => m.refusal_setup_over(),
  invitation: () => m.refusal_invitation_over(),
  reset: () => m.refusal_reset_over(),
}
