import { useState } from 'preact/hooks'
import * as v from 'valibot'
import { signInKey } from '../../desk/password.ts'
import { checkServer, ServerClient } from '../../desk/server.ts'
import { m } from '../../paraglide/messages.js'
import { RefusedError } from '../../protocol/errors.ts'
import { type SignedInReply, SignInRequest } from '../../protocol/http.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { Refused } from '../ui/refused.tsx'
import { focusFirstError, useSubmission } from '../ui/submission.ts'
import { PasswordField } from './password-field.tsx'

type Props = {
  origin: string
  organisation: string | undefined
  email: string
  /** The setup link that led here was used before. */
  setupOver?: boolean
  onDone: (reply: SignedInReply) => Promise<void>
  onBack: () => void
  backLabel?: string
}

/** E-mail and password of an account. */
export function SignInForm({ origin, organisation, email: known, setupOver, onDone, onBack, backLabel }: Props) {
  const [email, setEmail] = useState(known)
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const { pending, refusal, submit } = useSubmission()
  const wrongEmail = v.is(SignInRequest.entries.email, email) ? undefined : m.account_email_missing()
  const wrongPassword = password ? undefined : m.account_password_missing()

  function send() {
    setTried(true)
    if (wrongEmail || wrongPassword) return
    void submit(async (signal) => {
      const found = await checkServer(origin, signal)
      if (found.kind !== 'deskside') {
        throw new RefusedError({ code: found.kind === 'unreachable' ? 'unavailable' : 'version' })
      }
      const key = await signInKey(password, found.instance.instance, email)
      const body = v.parse(SignInRequest, { email, signInKey: key })
      await onDone(await new ServerClient({ origin }).signIn(body, signal))
    })
  }

  return (
    <form
      class="account-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send()
        focusFirstError(event.currentTarget)
      }}
    >
      {setupOver && <Notice tone="info" title={m.refusal_setup_over()} />}
      <p class="account-server">
        {organisation
          ? m.account_server_of({ organisation, host: new URL(origin).host })
          : m.account_server({ host: new URL(origin).host })}
      </p>
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
      <PasswordField
        label={m.account_password()}
        error={tried ? wrongPassword : undefined}
        value={password}
        onValue={setPassword}
        autocomplete="current-password"
        autoFocus={Boolean(known)}
      />
      {refusal && <Refused refusal={refusal} />}
      <div class="account-form-actions">
        <Button onClick={onBack}>{backLabel ?? m.account_other_server()}</Button>
        <Button kind="primary" type="submit" aria-disabled={pending}>
          {pending ? m.account_signing_in() : m.account_sign_in()}
        </Button>
      </div>
    </form>
  )
}
