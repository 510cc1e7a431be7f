import { MIN_PASSWORD } from '../../desk/keys/password.ts'
import { m } from '../../paraglide/messages.js'
import { PasswordField } from './password-field.tsx'

/** A password that is being chosen, typed twice. */
export type ChosenPassword = { password: string; again: string }

export const noPassword: ChosenPassword = { password: '', again: '' }

/** Whether it is long enough, and the same both times. */
export function isGoodPassword({ password, again }: ChosenPassword): boolean {
  return password.length >= MIN_PASSWORD && password === again
}

type Props = {
  label: string
  value: ChosenPassword
  onValue: (value: ChosenPassword) => void
  /** Errors are shown once somebody tried to go on. */
  tried: boolean
  autoFocus?: boolean
}

/** Both fields of a new password. */
export function NewPassword({ label, value, onValue, tried, autoFocus = false }: Props) {
  const { password, again } = value
  const short = password.length < MIN_PASSWORD
  return (
    <PasswordField
      label={label}
      hint={m.setup_password_hint({ count: MIN_PASSWORD })}
      error={tried && short ? m.setup_password_short({ count: MIN_PASSWORD }) : undefined}
      value={password}
      onValue={(next) => onValue({ password: next, again })}
      autocomplete="new-password"
      autoFocus={autoFocus}
      again={{
        label: m.setup_password_again(),
        value: again,
        onValue: (next) => onValue({ password, again: next }),
        error: tried && password !== again ? m.setup_password_differs() : undefined,
      }}
    />
  )
}
