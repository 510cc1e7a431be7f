import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { useMe, useWorkplace } from '../desk/context.ts'
import { useSubmission } from '../ui/submission.ts'
import { AccountForm } from './account-form.tsx'
import { CodeField, readCode, SendAgain } from './code-field.tsx'
import { useMailedCode } from './mailed-code.ts'

/** Turns the second step on with a code that proves that mails arrive. */
export function MailSetup({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const { desk, account } = useWorkplace()
  const { email } = useMe()
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const { pending, refusal, submit } = useSubmission()
  const routes = desk.server.account
  const mailed = useMailedCode(true, routes.sendTwoStepCode)

  function send() {
    setTried(true)
    const code = readCode(typed)
    if (!code) return
    void submit(async (signal) => {
      await account.update(await routes.turnOnByEmail({ code }, signal))
      onDone()
    })
  }

  return (
    <AccountForm
      onSubmit={send}
      pending={pending}
      refusal={refusal}
      action={m.two_step_verify()}
      acting={m.password_checking()}
      back={{ label: m.desk_cancel(), onBack: onCancel }}
    >
      <CodeField label={m.code_label()} hint={m.code_hint_email()} value={typed} onValue={setTyped} tried={tried} />
      <SendAgain mailed={mailed} email={email} />
    </AccountForm>
  )
}
