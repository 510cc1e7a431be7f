import { randomBytes } from 'node:crypto'
import type { Browser, Target, WebWorker } from 'puppeteer'
import { stretch } from '../../desk/keys/password.ts'
import { checkServer } from '../../desk/server/server.ts'
import { serverPeople } from '../../desk/server/server-people.ts'
import { TicketReply } from '../../protocol/http.ts'
import type { TicketId } from '../../protocol/ids.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import { type Client, greet } from '../signalling/support/client.ts'
import { asker, join } from '../signalling/support/server.ts'
import { signIn } from './team.ts'
import { PASSWORD } from './technician.ts'

/** The part of the extension API that tests call in its background and its pages. */
declare const chrome: {
  action: { getBadgeText(of: object): Promise<string>; getTitle(of: object): Promise<string> }
  notifications: {
    getAll(): Promise<Record<string, unknown>>
    onButtonClicked: { dispatch(name: string, button: number): void }
    onClicked: { dispatch(name: string): void }
  }
  alarms: { create(name: string, when: { periodInMinutes: number }): Promise<void> }
}

/** A technician whose browser is another one, and who makes requests without a word about them. */
export async function colleagueElsewhere(url: string, email: string) {
  const found = await checkServer(url)
  if (found.kind !== 'deskside') throw new Error('the server of the test')
  const { signInKey } = await stretch(PASSWORD, found.instance.instance, email)
  const { server, me } = await signIn({ url }, email, signInKey)
  const [group] = (await serverPeople(server).people()).groups
  if (!group) throw new Error('setup makes a group')
  return {
    me,
    /** A request of the first group that nobody has, and its customer, who waits. */
    async customerWaits(): Promise<{ ticket: TicketHeader; customer: Client }> {
      const body = { key: randomBytes(16).toString('base64url'), group: group.id, assignee: null }
      const { ticket } = await server.call('/api/tickets', { method: 'POST', body, reply: TicketReply })
      const { token } = await join({ ask: asker(url) }, ticket.lookup)
      return { ticket, customer: await greet({ url }, 'customer', token) }
    },
    async read(id: TicketId): Promise<TicketHeader> {
      return (await server.call(`/api/tickets/${id}`, { reply: TicketReply })).ticket
    },
  }
}

/** What the toolbar button shows, what it says of itself, and which notifications are in sight. */
export type Called = { badge: string; title: string; notices: string[] }

/** The extension's background in Chromium, woken if it sleeps. */
export async function backgroundOf(browser: Browser): Promise<WebWorker> {
  const target = await browser.waitForTarget(isBackground, { timeout: 60_000 })
  const worker = await target.worker()
  if (!worker) throw new Error('a service worker')
  return worker
}

export const called = async (browser: Browser): Promise<Called> => await (await backgroundOf(browser)).evaluate(look)

/** For pages of the extension too, which are asked in Firefox. Runs in the browser. */
export async function look(): Promise<Called> {
  const [badge, title] = await Promise.all([chrome.action.getBadgeText({}), chrome.action.getTitle({})])
  return { badge, title, notices: Object.keys(await chrome.notifications.getAll()) }
}

/** As the browser does when somebody presses: without a screen there is nothing to press on. `button` undefined: the notice itself. */
export async function pressNotice(browser: Browser, name: string, button: number | undefined): Promise<void> {
  const worker = await backgroundOf(browser)
  await worker.evaluate(
    (name, button) => {
      if (button === undefined) chrome.notifications.onClicked.dispatch(name)
      else chrome.notifications.onButtonClicked.dispatch(name, button)
    },
    name,
    button,
  )
}

/** The alarm comes each second, instead of as often as browsers let it. */
export async function hurryAlarm(browser: Browser): Promise<void> {
  const worker = await backgroundOf(browser)
  await worker.evaluate(() => chrome.alarms.create('pager', { periodInMinutes: 1 / 60 }))
}

/** Puts the background to sleep; `meanwhile` happens before anything wakes it. */
export async function putToSleep(browser: Browser): Promise<void> {
  const worker = await backgroundOf(browser)
  const gone = new Promise<void>((resolve) => {
    browser.on('targetdestroyed', (target) => {
      if (isBackground(target)) resolve()
    })
  })
  await worker.close()
  await gone
}

/** How often something was heard: the page that sounds is loaded for each time. */
export function countSounds(browser: Browser): () => number {
  const pages = new Set<Target>()
  const look = (target: Target) => {
    if (target.url().endsWith('/chime.html')) pages.add(target)
  }
  browser.on('targetcreated', look)
  // It may be there before it has an address.
  browser.on('targetchanged', look)
  return () => pages.size
}

function isBackground(target: { type(): string; url(): string }): boolean {
  return target.type() === 'service_worker' && target.url().endsWith('/background.js')
}
