import '../../components/ui/base.css'
import { signal } from '@preact/signals'
import { render } from 'preact'
import { App } from '../../components/desk/app.tsx'
import { reloadUnasked } from '../../components/desk/leave-warning.ts'
import { locale } from '../../components/ui/locale.ts'
import { applyTheme } from '../../components/ui/theme.ts'
import { keepAccountState } from '../../desk/account/account.ts'
import { takeHandedLink } from '../../desk/account/handed-link.ts'
import { readLanguage, readTheme } from '../../desk/account/settings.ts'
import { isExtensionPage } from '../../desk/extension-page.ts'
import { type Leadership, lead } from '../../desk/leader.ts'
import { tellWhileInFront } from '../../desk/pager/in-front.ts'
import { askToKeep } from '../../desk/storage/durability.ts'

const life = new AbortController()
const leadership = signal<Leadership>({ kind: 'asking' })
const handed = signal(takeHandedLink())
// A browser that would clear away what is kept here is asked not to.
const account = keepAccountState(() => void askToKeep())

const takeLead = lead((next) => {
  // Another tab took over: this one lets go, and that one goes on with the customers.
  if (leadership.value.kind === 'leading' && next.kind === 'elsewhere') return reloadUnasked()
  leadership.value = next
  if (next.kind === 'leading') void joinExtension()
}, life.signal)

const root = document.getElementById('desk')
// The kept language and theme first, or the page would be seen in two.
Promise.all([readLanguage(), readTheme()])
  .catch(() => [undefined, 'system'] as const)
  .then(([kept, theme]) => {
    if (kept) locale.value = kept
    applyTheme(theme)
    document.documentElement.lang = locale.value
    if (root) render(<App account={account} leadership={leadership} takeLead={takeLead} handed={handed} />, root)
  })

/** With the background: its toolbar button and notifications bring the desk to the front, and it hears what changes here. */
async function joinExtension() {
  if (!isExtensionPage()) return
  const [{ onShowDesk }, { tellBackground }] = await Promise.all([
    import('../../desk/browser/desk-tab.ts'),
    import('../../desk/browser/wake.ts'),
  ])
  onShowDesk((wanted) => {
    if (wanted.kind === 'link') handed.value = wanted.link
    if (wanted.kind === 'ticket') location.hash = `#/ticket/${wanted.ticket}`
  }, life.signal)
  tellWhileInFront(window, life.signal)
  account.state.subscribe(() => void tellBackground())
}
