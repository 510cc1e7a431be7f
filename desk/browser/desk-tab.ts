import * as v from 'valibot'
import browser from 'webextension-polyfill'
import { TicketId } from '../../protocol/ids.ts'

/** The desk's tab, of which one is enough. */

const DESK = 'desk.html'

/** What the desk is to show: a link that was found on a page, a ticket, or what it shows already. */
const Wanted = v.variant('kind', [
  v.strictObject({ kind: v.literal('desk') }),
  v.strictObject({ kind: v.literal('link'), link: v.string() }),
  v.strictObject({ kind: v.literal('ticket'), ticket: TicketId }),
])
export type Wanted = v.InferOutput<typeof Wanted>

/** From the background to the desk that is open. */
const ShowDesk = v.strictObject({ type: v.literal('show-desk'), wanted: Wanted })

/** `pressed` gets the address of the page in front, which the press itself allows to be read. */
export function onToolbarButton(pressed: (address: string | undefined) => void): void {
  browser.action.onClicked.addListener((tab) => pressed(tab.url))
}

/** Brings the open desk to the front, or opens one. A link goes with it, never through the network. */
export async function showDesk(wanted: Wanted): Promise<void> {
  const message: v.InferOutput<typeof ShowDesk> = { type: 'show-desk', wanted }
  const shown = await browser.runtime.sendMessage(message).catch(() => false)
  if (shown === true) return
  const url = browser.runtime.getURL(DESK) + hashOf(wanted)
  // Where every window was closed, the browser may run on without one.
  await browser.tabs.create({ url }).catch(() => browser.windows.create({ url }))
}

function hashOf(wanted: Wanted): string {
  if (wanted.kind === 'desk') return ''
  return wanted.kind === 'link' ? `#link=${encodeURIComponent(wanted.link)}` : `#/ticket/${wanted.ticket}`
}

/** In the desk: answers the toolbar button, and a press on a notification, by coming to the front. */
export function onShowDesk(shown: (wanted: Wanted) => void, signal: AbortSignal): void {
  const answer = (message: unknown): Promise<boolean> | undefined => {
    const read = v.safeParse(ShowDesk, message)
    if (!read.success) return undefined
    shown(read.output.wanted)
    return comeToFront().then(() => true)
  }
  browser.runtime.onMessage.addListener(answer)
  signal.addEventListener('abort', () => browser.runtime.onMessage.removeListener(answer), { once: true })
}

async function comeToFront(): Promise<void> {
  const tab = await browser.tabs.getCurrent()
  if (tab.id !== undefined) await browser.tabs.update(tab.id, { active: true })
  if (tab.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true })
}
