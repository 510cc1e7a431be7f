import type { JSX } from 'preact'
import { m } from '../../paraglide/messages.js'
import { Button, keyWords } from './button.tsx'

type Props = Omit<Parameters<typeof Button>[0], 'aria-label' | 'title' | 'shortcut'> & {
  /** What it does: read by screen readers, and shown under the pointer, with its key. */
  label: string
  /** The key that does the same. */
  shortcut?: string | undefined
}

/** A quiet button with an icon alone, for bars where words would not fit. */
export function IconButton({ label, shortcut, class: extra, ...rest }: Props): JSX.Element {
  const title = shortcut === undefined ? label : m.ui_with_key({ label, key: keyWords(shortcut) })
  return (
    <Button
      kind="quiet"
      class={`icon-button ${typeof extra === 'string' ? extra : ''}`}
      aria-label={label}
      aria-keyshortcuts={shortcut}
      title={title}
      {...rest}
    />
  )
}
