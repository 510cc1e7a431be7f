import './code-form.css'
import { useEffect, useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import type { Time } from '../../protocol/ids.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { useCountdown } from './countdown.ts'

type Props = {
  /** What the field begins with; what a person typed is never lost. */
  typed: string
  /** Why the code did not do, as a sentence. */
  error: string | undefined
  /** Before then the server answers no attempt. */
  until: Time | undefined
  /** The code is being looked up. */
  busy: boolean
  onSubmit: (text: string) => void
}

/** The one question of the help page: which connection ID? */
export function CodeForm({ typed, error, until, busy, onSubmit }: Props) {
  const [text, setText] = useState(typed)
  useEffect(() => setText(typed), [typed])
  const wait = useCountdown(until)
  return (
    <form
      class="card code-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy && !wait) onSubmit(text)
      }}
    >
      <h1 tabIndex={-1}>{m.customer_code_heading()}</h1>
      <p>{m.customer_code_lead()}</p>
      <Field
        label={m.customer_code_label()}
        hint={m.customer_code_hint()}
        value={text}
        onValue={setText}
        error={error}
        inputMode="numeric"
        autocomplete="off"
        autoFocus
      />
      {until !== undefined && (
        <p class="figures">
          {wait ? m.customer_code_retry_in({ wait }) : <span role="status">{m.customer_code_retry_now()}</span>}
        </p>
      )}
      <Button type="submit" kind="primary" big aria-disabled={busy || wait !== undefined}>
        {busy ? m.customer_code_checking() : m.customer_code_continue()}
      </Button>
      <p class="card-quiet">{m.customer_code_caution()}</p>
    </form>
  )
}
