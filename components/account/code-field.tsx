import * as v from 'valibot'
import { m } from '../../paraglide/messages.js'
import { SecondStepCode } from '../../protocol/account.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { waitWords } from '../ui/refusal.ts'
import { Refused } from '../ui/refused.tsx'
import type { MailedCode } from './mailed-code.ts'

/** A code as it is sent: pasted with spaces, it is the same code. Undefined where it cannot be one. */
export function readCode(typed: string): string | undefined {
  const read = v.safeParse(SecondStepCode, typed.replace(/\s/g, ''))
  return read.success ? read.output : undefined
}

type Props = {
  label: string
  hint?: string
  value: string
  onValue: (value: string) => void
  tried: boolean
  /** Six digits, for which phones have a keyboard; otherwise letters too. */
  digits?: boolean
}

/** One field for a code of the second step. */
export function CodeField({ label, hint, value, onValue, tried, digits = true }: Props) {
  return (
    <Field
      label={label}
      hint={hint}
      error={tried && !readCode(value) ? m.code_missing() : undefined}
      value={value}
      onValue={onValue}
      inputMode={digits ? 'numeric' : 'text'}
      autocomplete="one-time-code"
      maxLength={40}
      autoFocus
    />
  )
}

/** What became of the mail with the code, and another one. */
export function SendAgain({ mailed: { sent, waitMs, refusal, send }, email }: { mailed: MailedCode; email: string }) {
  return (
    <>
      <p role="status">{sent && m.code_sent({ email })}</p>
      {refusal && <Refused refusal={refusal} />}
      <Button class="code-again" onClick={() => waitMs === 0 && send()} aria-disabled={waitMs > 0}>
        {waitMs > 0 ? m.code_again_in({ wait: waitWords(waitMs) }) : m.code_again()}
      </Button>
    </>
  )
}
