import '../components/ui/base.css'
import { render } from 'preact'
import { linkKindAt } from '../desk/account/address.ts'
import { readAddress } from './join/address.ts'
import { organisationName } from './join/api.ts'
import { startJoin } from './join/join.ts'
import { warnBeforeLeaving } from './join/leaving.ts'
import { seatMemory } from './join/memory.ts'
import { JoinPage } from './join/page.tsx'
import { startTab } from './join/tab.ts'
import { startLanguage } from './language.ts'

const life = new AbortController()
const app = document.querySelector('#app')
if (!app) throw new Error('the page has no #app')

startLanguage(life.signal)
const organisation = organisationName(life.signal)
const accountLink = linkKindAt(location.pathname)
// Customers load nothing of what is for technicians.
if (accountLink) {
  void import('./account-link/page.tsx').then(({ AccountLinkRoute }) =>
    render(<AccountLinkRoute kind={accountLink} organisation={organisation} />, app),
  )
} else openJoin(app)

function openJoin(root: Element) {
  const join = startJoin(life.signal)
  startTab(join, life.signal)
  warnBeforeLeaving(join.screen.sharing, life.signal)
  join.tell({ type: 'opened', opened: readAddress(location, seatMemory.read()?.code) })
  addEventListener('hashchange', () => join.tell({ type: 'opened', opened: readAddress(location) }))
  addEventListener('pagehide', () => join.sayGoodbye())
  // A page out of the back-forward cache has lost its connections.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
  render(<JoinPage join={join} organisation={organisation} />, root)
}
