import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { useMe } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Pill } from '../ui/pill.tsx'
import { AccountSection } from './account-section.tsx'
import { ChangePassword } from './change-password.tsx'
import { TwoStepDialog, type TwoStepTask } from './two-step-dialog.tsx'

/** Password and second step. */
export function SecuritySection() {
  const { twoStep } = useMe()
  const [task, begin] = useState<'password' | TwoStepTask>()
  const [changed, setChanged] = useState(false)
  const close = () => begin(undefined)
  return (
    <AccountSection title={m.account_security()}>
      <h3>{m.account_password()}</h3>
      <p>{m.password_change_text()}</p>
      <div class="account-actions">
        <Button onClick={() => begin('password')}>{m.password_change()}</Button>
      </div>
      <p role="status">{changed && m.password_changed()}</p>
      <h3>{m.two_step()}</h3>
      <p>
        {twoStep.on ? <Pill tone="live">{m.two_step_is_on()}</Pill> : <Pill tone="offline">{m.two_step_is_off()}</Pill>}{' '}
        {twoStep.on && (twoStep.app ? m.two_step_on_app() : m.two_step_on_email())}
      </p>
      <p>{m.two_step_text()}</p>
      {twoStep.required && <p>{m.two_step_required()}</p>}
      <div class="account-actions">
        {!twoStep.on && (
          <Button kind="primary" onClick={() => begin('enable')}>
            {m.two_step_enable()}
          </Button>
        )}
        {twoStep.on && (
          <Button onClick={() => begin('app')}>{twoStep.app ? m.two_step_app_other() : m.two_step_app()}</Button>
        )}
        {twoStep.on && twoStep.app && <Button onClick={() => begin('recovery-codes')}>{m.two_step_codes_new()}</Button>}
        {twoStep.on && !twoStep.required && <Button onClick={() => begin('off')}>{m.two_step_off()}</Button>}
      </div>
      {task === 'password' && (
        <ChangePassword
          onClose={(done) => {
            setChanged(done)
            close()
          }}
        />
      )}
      {task && task !== 'password' && <TwoStepDialog task={task} onClose={close} />}
    </AccountSection>
  )
}
