import '../../components/ui/base.css'
import { signal } from '@preact/signals'
import { render } from 'preact'
import { App } from '../../components/desk/app.tsx'
import { reloadUnasked } from '../../components/desk/leave-warning.ts'
import { locale } from '../../components/ui/locale.ts'
import { applyTheme } from '../../components/ui/theme.ts'
import { keepAccountState } from '../../desk/account.ts'
import { takeHandedLink } from '../../desk/handed-link.ts'
import { type Leadership, lead } from '../../desk/leader.ts'
import { readLanguage, readTheme } from '../../desk/settings.ts'

const life = new AbortController()
const leadership = signal<Leadership>({ kind: 'asking' })
const handed = signal(takeHandedLink())
const account = keepAccountState()

const takeLead = lead((next) => {
  // Another tab took over: this one lets go, and that one goes on with the customers.
  if (leadership.value.kind === 'leading' && next.kind === 'elsewhere') return reloadUnasked()
  leadership.value = next
  if (next.kind === 'leading') void answerToolbarButton()
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

/** As a plain web page the desk has no toolbar button. */
async function answerToolbarButton() {
  if (!location.protocol.endsWith('extension:')) return
  const { onShowDesk } = await import('../../desk/browser.ts')
  onShowDesk((link) => {
    if (link) handed.value = link
  }, life.signal)
}
