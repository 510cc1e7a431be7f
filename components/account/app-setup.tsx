import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { useSubmission } from '../ui/submission.ts'
import { AccountForm } from './account-form.tsx'
import { CodeField, readCode } from './code-field.tsx'
import { QrCode } from './qr-code.tsx'

type Props = {
  /** `otpauth://totp/…` */
  uri: string
  onVerified: (recoveryCodes: readonly string[]) => void
  onCancel: () => void
}

/** Brings the secret into an authenticator app, and asks for its first code. */
export function AppSetup({ uri, onVerified, onCancel }: Props) {
  const { desk, account } = useWorkplace()
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const { pending, refusal, submit } = useSubmission()
  const secret = new URL(uri).searchParams.get('secret') ?? ''

  function send() {
    setTried(true)
    const code = readCode(typed)
    if (!code) return
    void submit(async (signal) => {
      const { me, codes } = await desk.server.account.verifyApp({ code }, signal)
      onVerified(codes)
      await account.update(me)
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
      <p>{m.two_step_app_text()}</p>
      <div class="app-secret">
        <QrCode text={uri} label={m.two_step_qr()} />
        <div class="app-secret-text">
          <p>{m.two_step_secret()}</p>
          <p class="code">{secret.replace(/.{4}(?=.)/g, '$& ')}</p>
          <CopyButton label={m.secret_copy_one()} text={secret} />
        </div>
      </div>
      <CodeField label={m.code_label()} hint={m.code_hint_app()} value={typed} onValue={setTyped} tried={tried} />
    </AccountForm>
  )
}
