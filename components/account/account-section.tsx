import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

type Props = {
  title: string
  /** Another name for the heading's element, which then takes the focus when somebody is led there. */
  heading?: string
  children: ComponentChildren
}

/** One part of the account's screen. */
export function AccountSection({ title, heading: named, children }: Props) {
  const own = useId()
  const heading = named ?? own
  return (
    <section class="account-section" aria-labelledby={heading}>
      <h2 id={heading} tabIndex={named ? -1 : undefined}>
        {title}
      </h2>
      {children}
    </section>
  )
}
