import { render } from 'preact'
import { linkKindAt } from '../desk/account/address.ts'
import { readAddress } from './join/address.ts'
import { organisationName } from './join/api.ts'
import { startJoin } from './join/join.ts'
import { loadLater } from './join/later.ts'
import { warnBeforeLeaving } from './join/leaving.ts'
import { seatMemory } from './join/memory.ts'
import { JoinPage } from './join/page.tsx'
import { startTab } from './join/tab.ts'
import { retried } from './retried.ts'
import { loadWords } from './words.ts'

/** The page of this address. */
export function openPages(root: Element, signal: AbortSignal) {
  const organisation = organisationName(signal)
  const accountLink = linkKindAt(location.pathname)
  if (!accountLink) return openJoin(root, organisation, signal)
  // Customers load nothing of what is for technicians.
  const page = Promise.all([retried(() => import('./account-link/page.tsx')), loadWords('later')])
  void page.then(([{ AccountLinkRoute }]) =>
    render(<AccountLinkRoute kind={accountLink} organisation={organisation} />, root),
  )
}

function openJoin(root: Element, organisation: Promise<string | undefined>, signal: AbortSignal) {
  const join = startJoin(signal)
  startTab(join, signal)
  warnBeforeLeaving(join.screen.sharing, signal)
  join.tell({ type: 'opened', opened: readAddress(location, seatMemory.read()?.code) })
  addEventListener('hashchange', () => join.tell({ type: 'opened', opened: readAddress(location) }))
  addEventListener('pagehide', () => join.sayGoodbye())
  // A page out of the back-forward cache has lost its connections.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
  render(<JoinPage join={join} organisation={organisation} />, root)
  // Whoever needs it asks again.
  loadLater().catch(() => undefined)
}
