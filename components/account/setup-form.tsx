import { useState } from 'preact/hooks'
import * as v from 'valibot'
import { type NewAccount, newAccounts } from '../../desk/account/new-account.ts'
import { ServerClient } from '../../desk/server/server.ts'
import { m } from '../../paraglide/messages.js'
import { type InstanceReply, SetupRequest } from '../../protocol/account.ts'
import { RefusedError } from '../../protocol/errors.ts'
import type { Vault } from '../../protocol/keys.ts'
import { Field } from '../ui/field.tsx'
import { locale } from '../ui/locale.ts'
import { useSubmission } from '../ui/submission.ts'
import { AccountForm } from './account-form.tsx'
import { LanguageChoice } from './language-choice.tsx'
import { isGoodPassword, NewPassword, noPassword } from './new-password.tsx'

type Props = {
  origin: string
  token: string
  instance: InstanceReply
  onDone: (account: NewAccount) => void
  /** Somebody else used the link in the meantime. */
  onSetupOver: () => void
  onBack: () => void
}

const { organisation: Organisation, group: Group, name: Name, email: Email } = SetupRequest.entries

/** Makes the organisation, its first group and its first admin. */
export function SetupForm({ origin, token, instance, onDone, onSetupOver, onBack }: Props) {
  const [organisation, setOrganisation] = useState('')
  const [typedGroup, setGroup] = useState<string>()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [chosen, setChosen] = useState(noPassword)
  const [tried, setTried] = useState(false)
  const { pending, refusal, submit } = useSubmission()
  const [make] = useState(() => newAccounts(origin, instance.instance))
  // Until somebody writes into it, it follows the language.
  const group = typedGroup ?? m.setup_group_first()
  const missing = {
    organisation: v.is(Organisation, organisation) ? undefined : m.setup_organisation_missing(),
    group: v.is(Group, group) ? undefined : m.setup_group_missing(),
    name: v.is(Name, name) ? undefined : m.setup_name_missing(),
    email: v.is(Email, email) ? undefined : m.account_email_missing(),
  }
  const error: Partial<typeof missing> = tried ? missing : {}

  function send() {
    setTried(true)
    if (Object.values(missing).some(Boolean) || !isGoodPassword(chosen)) return
    void submit(async (signal) => {
      const account = { setupToken: token, organisation, group, name, email, language: locale.peek() }
      const register = (keys: { signInKey: string; vault: Vault }) =>
        new ServerClient({ origin }).account.setUp(v.parse(SetupRequest, { ...account, ...keys }), signal)
      try {
        onDone(await make({ email, password: chosen.password, register, signal }))
      } catch (cause) {
        if (cause instanceof RefusedError && cause.refusal.code === 'setup-over') onSetupOver()
        else throw cause
      }
    })
  }

  return (
    <AccountForm
      onSubmit={send}
      pending={pending}
      refusal={refusal}
      action={m.setup_create()}
      acting={m.setup_creating()}
      back={{ label: m.account_other_server(), onBack }}
    >
      <p class="account-server">{m.account_server({ host: new URL(origin).host })}</p>
      <LanguageChoice labelled />
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
        label={m.setup_group()}
        hint={m.setup_group_hint()}
        error={error.group}
        value={group}
        onValue={setGroup}
        autocomplete="off"
        maxLength={80}
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
      <NewPassword label={m.account_password()} value={chosen} onValue={setChosen} tried={tried} />
    </AccountForm>
  )
}
