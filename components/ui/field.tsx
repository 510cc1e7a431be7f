import './field.css'
import { useId } from 'preact/hooks'

type Common = {
  label: string
  value: string
  onValue: (value: string) => void
  hint?: string | undefined
  /** What is wrong with the value, as a sentence. */
  error?: string | undefined
}

type Props = Common & {
  type?: 'text' | 'email' | 'password' | 'url' | 'tel' | 'multiline'
  name?: string
  placeholder?: string
  autocomplete?: AutoFill
  inputMode?: 'text' | 'numeric' | 'email' | 'url'
  maxLength?: number
  minLength?: number
  required?: boolean
  autoFocus?: boolean
  class?: string
}

/** One labelled input with its hint and its error, tied together for screen readers. */
export function Field({ label, value, onValue, hint, error, type = 'text', autoFocus = false, ...rest }: Props) {
  const id = useId()
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  const shared = {
    id,
    value,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': described || undefined,
    ref: (element: HTMLElement | null) => {
      if (autoFocus && element && !element.dataset.focused) {
        element.dataset.focused = 'yes'
        element.focus()
      }
    },
    ...rest,
  }
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {type === 'multiline' ? (
        <textarea {...shared} rows={3} onInput={(event) => onValue(event.currentTarget.value)} />
      ) : (
        <input {...shared} type={type} onInput={(event) => onValue(event.currentTarget.value)} />
      )}
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
