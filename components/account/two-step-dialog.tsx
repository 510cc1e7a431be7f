import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { useMe, useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Choices } from '../ui/choices.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { AccountForm } from './account-form.tsx'
import { AppSetup } from './app-setup.tsx'
import { ConfirmPassword } from './confirm-password.tsx'
import { MailSetup } from './mail-setup.tsx'
import { SecretSheet } from './secret-sheet.tsx'

/** What of the second step is to be done. */
export type TwoStepTask = 'enable' | 'app' | 'recovery-codes' | 'off'

type Step =
  | { kind: 'choose' }
  | { kind: 'email' }
  | { kind: 'password' }
  | { kind: 'app'; uri: string }
  | { kind: 'codes'; codes: readonly string[] }

/** Everything about the second step that takes more than one press. */
export function TwoStepDialog({ task, onClose }: { task: TwoStepTask; onClose: () => void }) {
  const { desk, account } = useWorkplace()
  const [step, setStep] = useState<Step>({ kind: task === 'enable' ? 'choose' : 'password' })
  const routes = desk.server.account

  async function confirmed(signInKey: string, signal: AbortSignal) {
    if (task === 'off') {
      await account.update(await routes.turnOffTwoStep({ signInKey }, signal))
      onClose()
    } else if (task === 'recovery-codes') {
      const { me, codes } = await routes.newRecoveryCodes({ signInKey }, signal)
      await account.update(me)
      setStep({ kind: 'codes', codes })
    } else {
      const { uri } = await routes.beginApp({ signInKey }, signal)
      setStep({ kind: 'app', uri })
    }
  }

  const { title, text, action } = words[task]()
  // Codes that are shown once are not lost by a press of Escape.
  return (
    <Dialog
      title={step.kind === 'codes' ? m.two_step_codes() : title}
      onClose={step.kind === 'codes' ? () => {} : onClose}
    >
      {step.kind === 'choose' && (
        <ChooseMethod onChosen={(by) => setStep({ kind: by === 'app' ? 'password' : 'email' })} onCancel={onClose} />
      )}
      {step.kind === 'email' && <MailSetup onDone={onClose} onCancel={onClose} />}
      {step.kind === 'password' && (
        <ConfirmPassword
          action={action}
          onConfirm={({ signInKey }, signal) => confirmed(signInKey, signal)}
          onCancel={onClose}
        >
          <p>{text}</p>
        </ConfirmPassword>
      )}
      {step.kind === 'app' && (
        <AppSetup uri={step.uri} onVerified={(codes) => setStep({ kind: 'codes', codes })} onCancel={onClose} />
      )}
      {step.kind === 'codes' && <RecoveryCodes codes={step.codes} onKept={onClose} />}
    </Dialog>
  )
}

const words: Record<TwoStepTask, () => { title: string; text: string; action: string }> = {
  enable: () => ({ title: m.two_step_enable(), text: m.two_step_app_password(), action: m.setup_continue() }),
  app: () => ({ title: m.two_step_app(), text: m.two_step_app_password(), action: m.setup_continue() }),
  'recovery-codes': () => ({
    title: m.two_step_codes_new(),
    text: m.two_step_codes_new_text(),
    action: m.setup_continue(),
  }),
  off: () => ({ title: m.two_step_off(), text: m.two_step_off_text(), action: m.two_step_off() }),
}

function ChooseMethod({ onChosen, onCancel }: { onChosen: (by: 'app' | 'email') => void; onCancel: () => void }) {
  const [by, choose] = useState<'app' | 'email'>('app')
  return (
    <AccountForm
      onSubmit={() => onChosen(by)}
      pending={false}
      action={m.setup_continue()}
      acting={m.setup_continue()}
      back={{ label: m.desk_cancel(), onBack: onCancel }}
    >
      <p>{m.two_step_text()}</p>
      <Choices
        legend={m.code_by()}
        options={[
          { value: 'app', name: m.code_by_app() },
          { value: 'email', name: m.code_by_email() },
        ]}
        chosen={by}
        onChoose={choose}
      />
    </AccountForm>
  )
}

function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { organisation, email } = useMe()
  return (
    <div class="account-form">
      <p>{m.two_step_codes_text()}</p>
      <SecretSheet title={m.two_step_codes_sheet()} codes={codes} of={{ organisation, email }} />
      <Button kind="primary" onClick={onKept}>
        {m.two_step_codes_kept()}
      </Button>
    </div>
  )
}
