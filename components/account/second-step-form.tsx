import { useState } from 'preact/hooks'
import type * as v from 'valibot'
import { ServerClient } from '../../desk/server/server.ts'
import { m } from '../../paraglide/messages.js'
import type { SecondStep, SignedIn, TwoStepMethod } from '../../protocol/account.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { Choices } from '../ui/choices.tsx'
import { locale } from '../ui/locale.ts'
import { useSubmission } from '../ui/submission.ts'
import { AccountForm } from './account-form.tsx'
import { CodeField, readCode, SendAgain } from './code-field.tsx'
import { useMailedCode } from './mailed-code.ts'

type Props = {
  origin: string
  email: string
  step: v.InferOutput<typeof SecondStep>
  onDone: (reply: SignedIn, signal: AbortSignal) => Promise<void>
  onBack: () => void
}

/** The second step of a sign-in: a code from an app, from a mail, or from the printed list. */
export function SecondStepForm({ origin, email, step: { challenge, methods }, onDone, onBack }: Props) {
  const [method, setMethod] = useState<TwoStepMethod>(methods[0] ?? 'app')
  const [typed, setTyped] = useState('')
  const [trust, setTrust] = useState(false)
  const [tried, setTried] = useState(false)
  const { pending, refusal, submit } = useSubmission()
  const routes = new ServerClient({ origin }).account
  const mailed = useMailedCode(method === 'email', (signal) =>
    routes.sendCode({ challenge, language: locale.peek() }, signal),
  )

  function choose(next: TwoStepMethod) {
    setMethod(next)
    setTyped('')
    setTried(false)
  }

  function send() {
    setTried(true)
    const code = readCode(typed)
    if (!code) return
    void submit(async (signal) => onDone(await routes.secondStep({ challenge, method, code, trust }, signal), signal))
  }

  return (
    <AccountForm
      onSubmit={send}
      pending={pending}
      refusal={refusal}
      action={m.account_sign_in()}
      acting={m.account_signing_in()}
      back={{ label: m.account_back(), onBack }}
    >
      {methods.length > 1 && (
        <Choices
          legend={m.code_by()}
          options={methods.map((known) => ({ value: known, name: names[known]() }))}
          chosen={method}
          onChoose={choose}
        />
      )}
      <CodeField
        key={method}
        label={method === 'recovery' ? m.code_recovery() : m.code_label()}
        hint={hints[method]()}
        value={typed}
        onValue={setTyped}
        tried={tried}
        digits={method !== 'recovery'}
      />
      {method === 'email' && <SendAgain mailed={mailed} email={email} />}
      <Checkbox label={m.code_trust()} checked={trust} onChecked={setTrust} />
    </AccountForm>
  )
}

const hints: Record<TwoStepMethod, () => string> = {
  app: () => m.code_hint_app(),
  email: () => m.code_hint_email(),
  recovery: () => m.code_hint_recovery(),
}

const names: Record<TwoStepMethod, () => string> = {
  app: () => m.code_by_app(),
  email: () => m.code_by_email(),
  recovery: () => m.code_recovery(),
}
