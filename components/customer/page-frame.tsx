import './page-frame.css'
import type { ComponentChildren } from 'preact'
import { m } from '../../paraglide/messages.js'
import { locale } from '../ui/locale.ts'
import { Mark } from '../ui/mark.tsx'

type Props = {
  /** Whose help desk this is, once the server said it. */
  organisation: string | undefined
  onLanguage: () => void
  /** The other language cannot be had at the moment. */
  languageFailed: boolean
  /** What stays in sight above everything. */
  bar?: ComponentChildren
  footer?: ComponentChildren
  children: ComponentChildren
}

/** The frame of every page that the server serves: whose it is, the other language, one column. */
export function PageFrame({ organisation, onLanguage, languageFailed, bar, footer, children }: Props) {
  return (
    <>
      {bar}
      <div class="page">
        <header class="page-header">
          {organisation ? (
            <span class="page-initial" aria-hidden="true">
              {organisation.slice(0, 1).toUpperCase()}
            </span>
          ) : (
            <Mark size={34} />
          )}
          <strong>{organisation ?? m.product_name()}</strong>
          <button type="button" class="page-link" lang={locale.value === 'fr' ? 'en' : 'fr'} onClick={onLanguage}>
            {m.language_switch()}
          </button>
        </header>
        {languageFailed && (
          <p class="field-error" role="alert">
            {m.customer_language_failed()}
          </p>
        )}
        <main>{children}</main>
        {footer && <footer class="page-footer">{footer}</footer>}
      </div>
    </>
  )
}
