import type { AccountKeeper } from '../../desk/account/account.ts'
import type { Account } from '../../desk/account/settings.ts'
import { m } from '../../paraglide/messages.js'
import { Dialog } from '../ui/dialog.tsx'
import { SignIn } from './sign-in.tsx'

/** Over the desk, which keeps everything as it was: drafts, histories, and a session that is live. */
export function SignInOver({ account, of }: { account: AccountKeeper; of: Account }) {
  return (
    <Dialog title={m.account_over_title()} onClose={() => {}}>
      <p>{m.account_over_text()}</p>
      <SignIn
        origin={of.origin}
        organisation={of.me.organisation}
        email={of.me.email}
        fixed
        onDone={(reply) => account.enter(of.origin, reply)}
        back={{ label: m.account_sign_out(), onBack: () => void account.leave() }}
      />
    </Dialog>
  )
}
