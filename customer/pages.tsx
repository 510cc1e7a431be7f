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

/** The page of this address: at work at once, and shown with its words. */
export function openPages(root: Element, words: Promise<unknown>, signal: AbortSignal) {
  const organisation = organisationName(signal)
  const accountLink = linkKindAt(location.pathname)
  if (!accountLink) return openJoin(root, organisation, words, signal)
  // Customers load nothing of what is for technicians.
  const page = Promise.all([retried(() => import('./account-link/page.tsx')), loadWords('later'), words])
  void page.then(([{ AccountLinkRoute }]) =>
    render(<AccountLinkRoute kind={accountLink} organisation={organisation} />, root),
  )
}

type Organisation = Promise<string | undefined>

function openJoin(root: Element, organisation: Organisation, words: Promise<unknown>, signal: AbortSignal) {
  const join = startJoin(signal)
  startTab(join, signal)
  warnBeforeLeaving({ sharing: join.screen.sharing, files: join.files }, signal)
  join.tell({ type: 'opened', opened: readAddress(location, seatMemory.read()?.code) })
  addEventListener('hashchange', () => join.tell({ type: 'opened', opened: readAddress(location) }))
  addEventListener('pagehide', () => join.sayGoodbye())
  // A page out of the back-forward cache has lost its connections.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
  void words.then(() => render(<JoinPage join={join} organisation={organisation} />, root))
  // Whoever comes with a code waits for the link first.
  if (join.state.peek().kind === 'entering') loadLater()
}
