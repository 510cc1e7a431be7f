import './button.css'
import type { ComponentChildren, JSX } from 'preact'

type Props = Omit<JSX.IntrinsicElements['button'], 'size' | 'icon'> & {
  /** `primary`: the one main action of a view. `stop`: ends or destroys. `quiet`: among others in a bar. */
  kind?: 'primary' | 'plain' | 'stop' | 'quiet'
  /** The customer's one big button. */
  big?: boolean
  /** The key that does the same, shown on the button. */
  shortcut?: string
  children: ComponentChildren
}

/** A button that says what it does in words; an icon may stand before them. */
export function Button({ kind = 'plain', big = false, shortcut, children, class: extra, ...rest }: Props) {
  const names = ['button', `button-${kind}`, big ? 'button-big' : '', typeof extra === 'string' ? extra : '']
  return (
    <button type="button" class={names.filter(Boolean).join(' ')} aria-keyshortcuts={shortcut} {...rest}>
      {children}
      {shortcut && <kbd aria-hidden="true">{keyWords(shortcut)}</kbd>}
    </button>
  )
}

/** A key as it is shown. */
export function keyWords(shortcut: string): string {
  return shortcut.replace('Shift+', '⇧ ').toUpperCase()
}
