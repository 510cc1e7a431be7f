import { useState } from 'preact/hooks'
import { resealAfterReset } from '../../desk/keys/own-keys.ts'
import { stretch } from '../../desk/keys/password.ts'
import { WrongKeyError } from '../../desk/keys/vault.ts'
import { ServerClient } from '../../desk/server/server.ts'
import { m } from '../../paraglide/messages.js'
import type { InstanceReply, ResetReply } from '../../protocol/account.ts'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { useSubmission } from '../ui/submission.ts'
import { AccountForm } from './account-form.tsx'
import { FixedField } from './fixed-field.tsx'
import { isGoodPassword, NewPassword, noPassword } from './new-password.tsx'

type Props = {
  origin: string
  token: string
  instance: InstanceReply
  account: ResetReply
  /** With a new recovery code where the keys are new. */
  onDone: (recoveryCode: string | undefined) => void
  onBack: () => void
}

/** A new password by the mailed link; the recovery code saves the keys. */
export function ResetForm({ origin, token, instance, account, onDone, onBack }: Props) {
  const [chosen, setChosen] = useState(noPassword)
  const [code, setCode] = useState('')
  const [wrongCode, setWrongCode] = useState(false)
  const [tried, setTried] = useState(false)
  const { pending, refusal, submit } = useSubmission()

  function send() {
    setTried(true)
    if (!isGoodPassword(chosen)) return
    void submit(async (signal) => {
      const { signInKey, vaultKey } = await stretch(chosen.password, instance.instance, account.email)
      const sealed = await resealAfterReset(account.vault, code.trim(), vaultKey).catch((cause: unknown) => {
        if (!(cause instanceof WrongKeyError)) throw cause
        setWrongCode(true)
      })
      if (!sealed) return
      await new ServerClient({ origin }).account.redeemReset({ token, signInKey, vault: sealed.vault }, signal)
      onDone(sealed.recoveryCode)
    })
  }

  return (
    <AccountForm
      onSubmit={send}
      pending={pending}
      refusal={refusal}
      action={m.reset_set()}
      acting={m.reset_setting()}
      back={{ label: m.account_other_server(), onBack }}
    >
      <p class="account-server">
        {m.account_server_of({ organisation: account.organisation, host: new URL(origin).host })}
      </p>
      <FixedField label={m.account_email()} value={account.email} />
      <NewPassword label={m.password_new()} value={chosen} onValue={setChosen} tried={tried} autoFocus />
      {account.vault && (
        <>
          <Field
            label={m.reset_recovery_code()}
            hint={m.reset_recovery_code_hint()}
            error={wrongCode ? m.reset_recovery_code_wrong() : undefined}
            value={code}
            onValue={(next) => {
              setCode(next)
              setWrongCode(false)
            }}
            autocomplete="off"
            maxLength={80}
          />
          {!code.trim() && (
            <Notice tone="waiting" title={m.reset_without()}>
              {m.reset_without_text()}
            </Notice>
          )}
        </>
      )}
    </AccountForm>
  )
}
