import './field.css'
import { useId } from 'preact/hooks'

export type Option<Value extends string> = { value: Value; name: string; disabled?: boolean }

type Props<Value extends string> = {
  label: string
  value: Value
  options: readonly Option<Value>[]
  onValue: (value: Value) => void
  hint?: string | undefined
}

/** One of many, in the browser's own list. */
export function SelectField<Value extends string>({ label, value, options, onValue, hint }: Props<Value>) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => {
          const chosen = options[event.currentTarget.selectedIndex]
          if (chosen) onValue(chosen.value)
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value} disabled={option.disabled}>
            {option.name}
          </option>
        ))}
      </select>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}
