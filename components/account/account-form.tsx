import type { ComponentChildren } from 'preact'
import type { Refusal } from '../../protocol/errors.ts'
import { Button } from '../ui/button.tsx'
import { Refused } from '../ui/refused.tsx'
import { focusFirstError } from '../ui/submission.ts'

type Props = {
  children: ComponentChildren
  onSubmit: () => void
  pending: boolean
  refusal?: Refusal | undefined
  /** What the main button says, and while the server is asked. */
  action: string
  acting: string
  /** The way back, on the left. */
  back?: { label: string; onBack: () => void } | undefined
}

/** A form about an account: its fields, what the server refused, one main button and the way back. */
export function AccountForm({ children, onSubmit, pending, refusal, action, acting, back }: Props) {
  return (
    <form
      class="account-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
        focusFirstError(event.currentTarget)
      }}
    >
      {children}
      {refusal && <Refused refusal={refusal} />}
      <div class="account-form-actions">
        {back && <Button onClick={back.onBack}>{back.label}</Button>}
        <Button kind="primary" type="submit" aria-disabled={pending}>
          {pending ? acting : action}
        </Button>
      </div>
    </form>
  )
}
