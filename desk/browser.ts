import * as v from 'valibot'
import browser from 'webextension-polyfill'

/**
 * The seam: the only file that touches the extension API. Loaded in the background and, lazily, in the desk when that
 * runs as an extension page; as a plain web page the desk works without it.
 */

const DESK = 'desk.html'

/** From the background to the desk that is open. */
const ShowDesk = v.strictObject({ type: v.literal('show-desk'), link: v.optional(v.string()) })

/** `pressed` gets the address of the page in front, which the press itself allows to be read. */
export function onToolbarButton(pressed: (address: string | undefined) => void): void {
  browser.action.onClicked.addListener((tab) => pressed(tab.url))
}

/** Brings the open desk to the front, or opens one. A link goes with it, never through the network. */
export async function showDesk(link?: string): Promise<void> {
  const message: v.InferOutput<typeof ShowDesk> = link ? { type: 'show-desk', link } : { type: 'show-desk' }
  const shown = await browser.runtime.sendMessage(message).catch(() => false)
  if (shown === true) return
  const hash = link ? `#link=${encodeURIComponent(link)}` : ''
  await browser.tabs.create({ url: browser.runtime.getURL(DESK) + hash })
}

/** In the desk: answers the toolbar button by coming to the front. */
export function onShowDesk(shown: (link: string | undefined) => void, signal: AbortSignal): void {
  const answer = (message: unknown): Promise<boolean> | undefined => {
    const read = v.safeParse(ShowDesk, message)
    if (!read.success) return undefined
    shown(read.output.link)
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

/**
 * Wakes the background once a minute. To be called as the background starts, each time: the alarm outlives it, the listener
 * does not.
 */
export function eachMinute(name: string, run: () => void): void {
  browser.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === name) run()
  })
  void browser.alarms.get(name).then((set) => {
    // Made once: making it again would begin its minute anew at each start.
    if (!set) browser.alarms.create(name, { periodInMinutes: 1 })
  })
}
