import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { stretchAt } from '../../desk/keys/own-keys.ts'
import type { Stretched } from '../../desk/keys/password.ts'
import { m } from '../../paraglide/messages.js'
import { RefusedError } from '../../protocol/errors.ts'
import { useMe, useWorkplace } from '../desk/context.ts'
import { useSubmission } from '../ui/submission.ts'
import { AccountForm } from './account-form.tsx'
import { PasswordField } from './password-field.tsx'

type Props = {
  /** What the password is for. */
  children?: ComponentChildren
  action: string
  onConfirm: (keys: Stretched, signal: AbortSignal) => Promise<void>
  onCancel: () => void
}

/** Asks for the password once more, before what protects the account is shown or changed. */
export function ConfirmPassword({ children, action, onConfirm, onCancel }: Props) {
  const { origin } = useWorkplace().desk
  const { email } = useMe()
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string>()
  const { pending, refusal, submit } = useSubmission()

  function send() {
    if (!password) return setError(m.account_password_missing())
    void submit(async (signal) => {
      try {
        await onConfirm(await stretchAt(origin, password, email, signal), signal)
      } catch (cause) {
        if (!(cause instanceof RefusedError && cause.refusal.code === 'wrong-credentials')) throw cause
        setError(m.password_wrong())
      }
    })
  }

  return (
    <AccountForm
      onSubmit={send}
      pending={pending}
      refusal={refusal}
      action={action}
      acting={m.password_checking()}
      back={{ label: m.desk_cancel(), onBack: onCancel }}
    >
      {children}
      <PasswordField
        label={m.account_password()}
        error={error}
        value={password}
        onValue={(next) => {
          setPassword(next)
          setError(undefined)
        }}
        autocomplete="current-password"
        autoFocus
      />
    </AccountForm>
  )
}
