import '../components/ui/base.css'
import { render } from 'preact'
import { readAddress } from './join/address.ts'
import { organisationName } from './join/api.ts'
import { startJoin } from './join/join.ts'
import { seatMemory } from './join/memory.ts'
import { JoinPage } from './join/page.tsx'
import { startTab } from './join/tab.ts'
import { startLanguage } from './language.ts'
import { readSetupLink } from './setup/link.ts'
import { SetupRoute } from './setup/page.tsx'

const life = new AbortController()
const app = document.querySelector('#app')
if (!app) throw new Error('the page has no #app')

startLanguage(life.signal)
const organisation = organisationName(life.signal)
if (location.pathname === '/setup')
  render(<SetupRoute link={readSetupLink(location)} organisation={organisation} />, app)
else openJoin(app)

function openJoin(root: Element) {
  const join = startJoin(life.signal)
  startTab(join, life.signal)
  join.tell({ type: 'opened', opened: readAddress(location, seatMemory.read()?.code) })
  addEventListener('hashchange', () => join.tell({ type: 'opened', opened: readAddress(location) }))
  addEventListener('pagehide', () => join.sayGoodbye())
  // A page out of the back-forward cache has lost its connections.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
  render(<JoinPage join={join} organisation={organisation} />, root)
}
