import './search-field.css'
import type { RefObject } from 'preact'

type Props = {
  label: string
  placeholder: string
  value: string
  onValue: (value: string) => void
  /** The arrow down: into what was found. */
  onDown: () => void
  field: RefObject<HTMLInputElement>
}

/** The search of a screen, reached with `/`; Escape empties and leaves it. */
export function SearchField({ label, placeholder, value, onValue, onDown, field }: Props) {
  return (
    <div class="search">
      <input
        ref={field}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        aria-keyshortcuts="/"
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') {
            event.preventDefault()
            onDown()
          }
          if (event.key !== 'Escape') return
          onValue('')
          event.currentTarget.blur()
        }}
      />
      <kbd aria-hidden="true">/</kbd>
    </div>
  )
}
