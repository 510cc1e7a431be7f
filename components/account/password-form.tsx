import { useState } from 'preact/hooks'
import * as v from 'valibot'
import { readDevice } from '../../desk/account/settings.ts'
import { stretchAt } from '../../desk/keys/own-keys.ts'
import type { Stretched } from '../../desk/keys/password.ts'
import { ServerClient } from '../../desk/server/server.ts'
import { m } from '../../paraglide/messages.js'
import { Email, type SignInReply, SignInRequest } from '../../protocol/account.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { useSubmission } from '../ui/submission.ts'
import { AccountForm } from './account-form.tsx'
import { FixedField } from './fixed-field.tsx'
import { PasswordField } from './password-field.tsx'

type Props = {
  origin: string
  organisation: string | undefined
  email: string
  /** Nobody else may sign in here. */
  fixed: boolean
  onReply: (reply: SignInReply, keys: Stretched, email: string, signal: AbortSignal) => Promise<void>
  onForgotten: ((email: string) => void) | undefined
  back: { label: string; onBack: () => void }
}

/** The first step of a sign-in: address and password. */
export function PasswordForm({ origin, organisation, email: known, fixed, onReply, onForgotten, back }: Props) {
  const [email, setEmail] = useState(known)
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const { pending, refusal, submit } = useSubmission()
  const wrongEmail = v.is(Email, email) ? undefined : m.account_email_missing()
  const wrongPassword = password ? undefined : m.account_password_missing()
  const { host } = new URL(origin)

  function send() {
    setTried(true)
    if (wrongEmail || wrongPassword) return
    void submit(async (signal) => {
      const keys = await stretchAt(origin, password, email, signal)
      const device = await readDevice({ origin, email })
      const body = v.parse(SignInRequest, { email, signInKey: keys.signInKey, ...(device ? { device } : {}) })
      await onReply(await new ServerClient({ origin }).account.signIn(body, signal), keys, body.email, signal)
    })
  }

  return (
    <AccountForm
      onSubmit={send}
      pending={pending}
      refusal={refusal}
      action={m.account_sign_in()}
      acting={m.account_signing_in()}
      back={back}
    >
      <p class="account-server">
        {organisation ? m.account_server_of({ organisation, host }) : m.account_server({ host })}
      </p>
      {fixed ? (
        <FixedField label={m.account_email()} value={email} />
      ) : (
        <Field
          label={m.account_email()}
          error={tried ? wrongEmail : undefined}
          value={email}
          onValue={setEmail}
          type="email"
          autocomplete="username"
          maxLength={254}
          autoFocus={!known}
        />
      )}
      <PasswordField
        label={m.account_password()}
        error={tried ? wrongPassword : undefined}
        value={password}
        onValue={setPassword}
        autocomplete="current-password"
        autoFocus={Boolean(known)}
      />
      {onForgotten && (
        <Button kind="quiet" class="text-button" onClick={() => onForgotten(email)}>
          {m.account_forgotten()}
        </Button>
      )}
    </AccountForm>
  )
}
