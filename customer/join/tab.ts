import { effect } from '@preact/signals'
import { m } from '../../paraglide/messages.js'
import lamp from '../icons/lamp.svg?url&no-inline'
import lampSharing from '../icons/lamp-sharing.svg?url&no-inline'
import { addressAfter } from './address.ts'
import type { Join } from './join.ts'
import type { Sharing } from './sharing.ts'
import type { CustomerState } from './state.ts'

/** What the browser shows of the page from another tab: its title, its icon; and the address that a reload follows. */
export function startTab({ state, screen }: Pick<Join, 'state' | 'screen'>, signal: AbortSignal) {
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]')
  const stop = effect(() => {
    document.title = tabTitle(state.value, screen.sharing.value)
    if (icon) icon.href = screen.sharing.value.kind === 'shared' ? lampSharing : lamp
    const address = addressAfter(state.value)
    if (address) history.replaceState(null, '', address)
  })
  signal.addEventListener('abort', stop, { once: true })
}

function tabTitle(state: CustomerState, sharing: Sharing): string {
  if (state.kind === 'entering' || state.kind === 'joining') return m.customer_title()
  if (state.kind === 'over') return m.customer_title_over()
  const { line, organisation } = state
  if (line.kind === 'waiting') return m.customer_page_title({ what: m.customer_title_waiting(), organisation })
  if (line.kind === 'cut') return m.customer_page_title({ what: m.customer_title_cut(), organisation })
  if (line.kind === 'blocked') return m.customer_page_title({ what: m.customer_helper_no_route(), organisation })
  const { technician } = line
  const what = sharing.kind === 'shared' ? m.customer_title_sharing() : m.customer_helper_heading({ technician })
  return m.customer_page_title({ what, organisation })
}
