import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

/** One part of the account's screen. */
export function AccountSection({ title, children }: { title: string; children: ComponentChildren }) {
  const heading = useId()
  return (
    <section class="account-section" aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      {children}
    </section>
  )
}
