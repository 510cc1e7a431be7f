import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { type SecretOf, SecretSheet } from './secret-sheet.tsx'

type Props = {
  code: string
  of: SecretOf
  onKept: () => void
}

/** The recovery code of an account's keys, shown once. */
export function RecoveryCode({ code, of, onKept }: Props) {
  return (
    <div class="account-form">
      <p>{m.recovery_text()}</p>
      <SecretSheet title={m.recovery_sheet()} codes={[code]} of={of} />
      <p class="field-hint">{m.recovery_hint()}</p>
      <Button kind="primary" onClick={onKept}>
        {m.recovery_kept()}
      </Button>
    </div>
  )
}
