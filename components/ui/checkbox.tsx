import './checkbox.css'
import { useId } from 'preact/hooks'

type Props = {
  label: string
  checked: boolean
  onChecked: (checked: boolean) => void
  hint?: string | undefined
  disabled?: boolean
}

/** Yes or no, with its words beside it. */
export function Checkbox({ label, checked, onChecked, hint, disabled = false }: Props) {
  const id = useId()
  return (
    <div class="checkbox">
      <label>
        <input
          type="checkbox"
          checked={checked}
          disabled={disabled}
          aria-describedby={hint ? id : undefined}
          onChange={(event) => onChecked(event.currentTarget.checked)}
        />
        {label}
      </label>
      {hint && (
        <p class="field-hint" id={id}>
          {hint}
        </p>
      )}
    </div>
  )
}
