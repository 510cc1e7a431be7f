import { useState } from 'preact/hooks'
import * as v from 'valibot'
import { MIN_PASSWORD, signInKey } from '../../desk/password.ts'
import { ServerClient } from '../../desk/server.ts'
import { m } from '../../paraglide/messages.js'
import { RefusedError } from '../../protocol/errors.ts'
import { type InstanceReply, SetupRequest, type SignedInReply } from '../../protocol/http.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Refused } from '../ui/refused.tsx'
import { focusFirstError, useSubmission } from '../ui/submission.ts'
import { PasswordField } from './password-field.tsx'

type Props = {
  origin: string
  setupToken: string
  instance: InstanceReply
  onDone: (reply: SignedInReply) => Promise<void>
  /** Somebody else used the link in the meantime. */
  onSetupOver: () => void
  onBack: () => void
}

const { organisation: Organisation, name: Name, email: Email } = SetupRequest.entries

/** Makes the organisation and its first admin. */
export function SetupForm({ origin, setupToken, instance, onDone, onSetupOver, onBack }: Props) {
  const [organisation, setOrganisation] = useState('')
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [tried, setTried] = useState(false)
  const { pending, refusal, submit } = useSubmission()
  const missing = {
    organisation: v.is(Organisation, organisation) ? undefined : m.setup_organisation_missing(),
    name: v.is(Name, name) ? undefined : m.setup_name_missing(),
    email: v.is(Email, email) ? undefined : m.account_email_missing(),
    password: password.length < MIN_PASSWORD ? m.setup_password_short({ count: MIN_PASSWORD }) : undefined,
    again: password === again ? undefined : m.setup_password_differs(),
  }
  const error = tried ? missing : { organisation: undefined, name: undefined, email: undefined }

  function send() {
    setTried(true)
    if (Object.values(missing).some(Boolean)) return
    void submit(async (signal) => {
      const key = await signInKey(password, instance.instance, email)
      try {
        const body = v.parse(SetupRequest, { setupToken, organisation, name, email, signInKey: key })
        await onDone(await new ServerClient({ origin }).setUp(body, signal))
      } catch (cause) {
        if (cause instanceof RefusedError && cause.refusal.code === 'setup-over') onSetupOver()
        else throw cause
      }
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
      <p class="account-server">{m.account_server({ host: new URL(origin).host })}</p>
      <Field
        label={m.setup_organisation()}
        hint={m.setup_organisation_hint()}
        error={error.organisation}
        value={organisation}
        onValue={setOrganisation}
        autocomplete="organization"
        maxLength={80}
        autoFocus
      />
      <Field
        label={m.setup_name()}
        hint={m.setup_name_hint()}
        error={error.name}
        value={name}
        onValue={setName}
        autocomplete="name"
        maxLength={80}
      />
      <Field
        label={m.account_email()}
        error={error.email}
        value={email}
        onValue={setEmail}
        type="email"
        autocomplete="username"
        maxLength={254}
      />
      <PasswordField
        label={m.account_password()}
        hint={m.setup_password_hint({ count: MIN_PASSWORD })}
        error={tried ? missing.password : undefined}
        value={password}
        onValue={setPassword}
        autocomplete="new-password"
        again={{
          label: m.setup_password_again(),
          value: again,
          onValue: setAgain,
          error: tried ? missing.again : undefined,
        }}
      />
      {refusal && <Refused refusal={refusal} />}
      <div class="account-form-actions">
        <Button onClick={onBack}>{m.account_other_server()}</Button>
        <Button kind="primary" type="submit" aria-disabled={pending}>
          {pending ? m.setup_creating() : m.setup_create()}
        </Button>
      </div>
    </form>
  )
}
