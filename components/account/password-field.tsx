import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'

type Props = {
  label: string
  value: string
  onValue: (value: string) => void
  autocomplete: 'new-password' | 'current-password'
  hint?: string | undefined
  error?: string | undefined
  autoFocus?: boolean
  /** A second field, which has the password again; it is shown and hidden with the first. */
  again?: { label: string; value: string; onValue: (value: string) => void; error: string | undefined }
}

/** A password that can be looked at. */
export function PasswordField({ again, autocomplete, ...rest }: Props) {
  const [shown, setShown] = useState(false)
  const type = shown ? 'text' : 'password'
  return (
    <>
      <Field {...rest} type={type} autocomplete={autocomplete} name="password" />
      {again && <Field {...again} type={type} autocomplete={autocomplete} name="password-again" />}
      <Button kind="quiet" class="text-button" onClick={() => setShown(!shown)}>
        {shown ? m.account_password_hide() : m.account_password_show()}
      </Button>
    </>
  )
}
