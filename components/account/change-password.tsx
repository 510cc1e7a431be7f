import { useState } from 'preact/hooks'
import { changePassword, stretchAt } from '../../desk/keys/own-keys.ts'
import { m } from '../../paraglide/messages.js'
import { RefusedError } from '../../protocol/errors.ts'
import { useMe, useWorkplace } from '../desk/context.ts'
import { Dialog } from '../ui/dialog.tsx'
import { useSubmission } from '../ui/submission.ts'
import { AccountForm } from './account-form.tsx'
import { isGoodPassword, NewPassword, noPassword } from './new-password.tsx'
import { PasswordField } from './password-field.tsx'

/** Another password for the same account and the same keys. `onClose` is told whether it was changed. */
export function ChangePassword({ onClose }: { onClose: (changed: boolean) => void }) {
  const { origin, server } = useWorkplace().desk
  const { email } = useMe()
  const [present, setPresent] = useState('')
  const [chosen, setChosen] = useState(noPassword)
  const [tried, setTried] = useState(false)
  const [wrong, setWrong] = useState(false)
  const { pending, refusal, submit } = useSubmission()
  const presentError = wrong ? m.password_wrong() : tried && !present ? m.account_password_missing() : undefined

  function send() {
    setTried(true)
    if (!present || !isGoodPassword(chosen)) return
    void submit(async (signal) => {
      try {
        const before = await stretchAt(origin, present, email, signal)
        const after = await stretchAt(origin, chosen.password, email, signal)
        await changePassword(server, before, after, signal)
        onClose(true)
      } catch (cause) {
        if (!(cause instanceof RefusedError && cause.refusal.code === 'wrong-credentials')) throw cause
        setWrong(true)
      }
    })
  }

  return (
    <Dialog title={m.password_change()} onClose={() => onClose(false)}>
      <AccountForm
        onSubmit={send}
        pending={pending}
        refusal={refusal}
        action={m.password_change()}
        acting={m.password_changing()}
        back={{ label: m.desk_cancel(), onBack: () => onClose(false) }}
      >
        <p>{m.password_change_text()}</p>
        <PasswordField
          label={m.password_present()}
          error={presentError}
          value={present}
          onValue={(next) => {
            setPresent(next)
            setWrong(false)
          }}
          autocomplete="current-password"
          autoFocus
        />
        <NewPassword label={m.password_new()} value={chosen} onValue={setChosen} tried={tried} />
      </AccountForm>
    </Dialog>
  )
}
