import { useState } from 'preact/hooks'
import * as v from 'valibot'
import { checkServer, ServerClient } from '../../desk/server/server.ts'
import { m } from '../../paraglide/messages.js'
import { AskResetRequest, Email } from '../../protocol/account.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { locale } from '../ui/locale.ts'
import { Notice } from '../ui/notice.tsx'
import { useSubmission } from '../ui/submission.ts'
import { AccountForm } from './account-form.tsx'

type Props = {
  origin: string
  email: string
  /** The link has come. */
  onPaste: () => void
  onBack: (email: string) => void
}

/** Asks for a link to reset a password. What it says afterwards is the same whether there is such an account or not. */
export function ForgottenForm({ origin, email: known, onPaste, onBack }: Props) {
  const [email, setEmail] = useState(known)
  const [tried, setTried] = useState(false)
  const [asked, setAsked] = useState<'not-yet' | 'by-mail' | 'by-an-admin'>('not-yet')
  const { pending, refusal, submit } = useSubmission()
  const wrong = v.is(Email, email) ? undefined : m.account_email_missing()

  function send() {
    setTried(true)
    if (wrong) return
    void submit(async (signal) => {
      const body = v.parse(AskResetRequest, { email, language: locale.peek() })
      await new ServerClient({ origin }).account.askReset(body, signal)
      const found = await checkServer(origin, signal)
      const mails = found.kind !== 'deskside' || found.instance.mail === 'smtp'
      setAsked(mails ? 'by-mail' : 'by-an-admin')
    })
  }

  if (asked !== 'not-yet') {
    return (
      <div class="account-form">
        <Notice tone="info" title={m.forgotten_asked()}>
          {asked === 'by-mail' ? m.forgotten_asked_mail() : m.forgotten_asked_admin()}
        </Notice>
        <div class="account-form-actions">
          <Button onClick={() => onBack(email)}>{m.account_back()}</Button>
          <Button kind="primary" onClick={onPaste}>
            {m.forgotten_paste()}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <AccountForm
      onSubmit={send}
      pending={pending}
      refusal={refusal}
      action={m.forgotten_send()}
      acting={m.forgotten_sending()}
      back={{ label: m.account_back(), onBack: () => onBack(email) }}
    >
      <p>{m.forgotten_text()}</p>
      <Field
        label={m.account_email()}
        error={tried ? wrong : undefined}
        value={email}
        onValue={setEmail}
        type="email"
        autocomplete="username"
        maxLength={254}
        autoFocus
      />
    </AccountForm>
  )
}
