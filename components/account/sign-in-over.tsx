import type { AccountKeeper } from '../../desk/account.ts'
import type { Account } from '../../desk/settings.ts'
import { m } from '../../paraglide/messages.js'
import { Dialog } from '../ui/dialog.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** Over the desk, which keeps everything as it was: drafts, histories, and a session that is live. */
export function SignInOver({ account, of }: { account: AccountKeeper; of: Account }) {
  return (
    <Dialog title={m.account_over_title()} onClose={() => {}}>
      <p>{m.account_over_text()}</p>
      <SignInForm
        origin={of.origin}
        organisation={of.me.organisation}
        email={of.me.email}
        onDone={(reply) => account.enter(of.origin, reply)}
        onBack={() => void account.leave()}
        backLabel={m.account_sign_out()}
      />
    </Dialog>
  )
}
