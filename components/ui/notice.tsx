import './notice.css'
import type { ComponentChildren } from 'preact'

type Props = {
  tone: 'info' | 'waiting' | 'stop'
  /** What happened. */
  title: string
  /** What was kept, and what to do. */
  children?: ComponentChildren
  /** Buttons. */
  actions?: ComponentChildren
}

/** Something that a person must know: what happened, what was kept, what to do. Announced by screen readers. */
export function Notice({ tone, title, children, actions }: Props) {
  return (
    <div class={`notice notice-${tone}`} role={tone === 'stop' ? 'alert' : 'status'}>
      <p class="notice-title">{title}</p>
      {children && <div>{children}</div>}
      {actions && <div class="notice-actions">{actions}</div>}
    </div>
  )
}
