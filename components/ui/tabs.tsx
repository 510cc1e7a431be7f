import './tabs.css'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

type Props<T extends string> = {
  label: string
  value: T
  /** Each with its words. */
  options: readonly (readonly [T, string])[]
  onValue: (value: T) => void
  /** What the chosen tab shows. */
  children: ComponentChildren
}

/** Several pages in one place; the arrow keys go from tab to tab. */
export function Tabs<T extends string>({ label, value, options, onValue, children }: Props<T>) {
  const id = useId()

  function pressed(event: KeyboardEvent & { currentTarget: HTMLElement }) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    const at = options.findIndex(([option]) => option === value)
    const next = options[(at + by + options.length) % options.length]
    if (!next) return
    onValue(next[0])
    event.currentTarget.querySelector<HTMLElement>(`#${CSS.escape(`${id}-${next[0]}`)}`)?.focus()
  }

  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} onKeyDown={pressed}>
        {options.map(([option, words]) => (
          <button
            key={option}
            id={`${id}-${option}`}
            type="button"
            role="tab"
            aria-selected={option === value}
            aria-controls={`${id}-panel`}
            tabIndex={option === value ? 0 : -1}
            onClick={() => onValue(option)}
          >
            {words}
          </button>
        ))}
      </div>
      <div class="tab-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`}>
        {children}
      </div>
    </>
  )
}
