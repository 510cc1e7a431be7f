import { useEffect, useState } from 'preact/hooks'
import * as v from 'valibot'
import { type NewAccount, newAccounts } from '../../desk/account/new-account.ts'
import { readLanguage } from '../../desk/account/settings.ts'
import { ServerClient } from '../../desk/server/server.ts'
import { m } from '../../paraglide/messages.js'
import { type InstanceReply, Name } from '../../protocol/account.ts'
import type { Vault } from '../../protocol/keys.ts'
import { type InvitationReply, RedeemInvitationRequest } from '../../protocol/people.ts'
import { Field } from '../ui/field.tsx'
import { formatLocale, locale } from '../ui/locale.ts'
import { useSubmission } from '../ui/submission.ts'
import { AccountForm } from './account-form.tsx'
import { FixedField } from './fixed-field.tsx'
import { LanguageChoice, speak } from './language-choice.tsx'
import { isGoodPassword, NewPassword, noPassword } from './new-password.tsx'

type Props = {
  origin: string
  token: string
  instance: InstanceReply
  invitation: InvitationReply
  onDone: (account: NewAccount) => void
  onBack: () => void
}

/** Sign-up with an invitation: it fixes the address and brings the groups. */
export function InvitationForm({ origin, token, instance, invitation, onDone, onBack }: Props) {
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState(noPassword)
  const [tried, setTried] = useState(false)
  const { pending, refusal, submit } = useSubmission()
  const [make] = useState(() => newAccounts(origin, instance.instance))
  useEffect(() => {
    void speakLike(invitation)
  }, [invitation])
  const noName = v.is(Name, name) ? undefined : m.setup_name_missing()
  const groups = new Intl.ListFormat(formatLocale()).format(invitation.groups)

  function send() {
    setTried(true)
    if (noName || !isGoodPassword(chosen)) return
    void submit(async (signal) => {
      const account = { token, name, language: locale.peek() }
      const register = (keys: { signInKey: string; vault: Vault }) =>
        new ServerClient({ origin }).account.redeemInvitation(
          v.parse(RedeemInvitationRequest, { ...account, ...keys }),
          signal,
        )
      onDone(await make({ email: invitation.email, password: chosen.password, register, signal }))
    })
  }

  return (
    <AccountForm
      onSubmit={send}
      pending={pending}
      refusal={refusal}
      action={m.invitation_accept()}
      acting={m.setup_creating()}
      back={{ label: m.account_other_server(), onBack }}
    >
      <p>
        {groups
          ? m.invitation_from_groups({ inviter: invitation.inviter, groups })
          : m.invitation_from({ inviter: invitation.inviter })}
      </p>
      {invitation.twoStep && <p class="field-hint">{m.invitation_two_step()}</p>}
      <LanguageChoice labelled />
      <FixedField label={m.account_email()} value={invitation.email} />
      <Field
        label={m.setup_name()}
        hint={m.setup_name_hint()}
        error={tried ? noName : undefined}
        value={name}
        onValue={setName}
        autocomplete="name"
        maxLength={80}
        autoFocus
      />
      <NewPassword label={m.account_password()} value={chosen} onValue={setChosen} tried={tried} />
    </AccountForm>
  )
}

/** The mail's language goes on here, unless somebody chose one in this browser. */
async function speakLike({ language }: InvitationReply) {
  const kept = await readLanguage().catch(() => undefined)
  if (!kept) speak(language)
}
