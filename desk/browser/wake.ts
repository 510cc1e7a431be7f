import browser from 'webextension-polyfill'

/**
 * What wakes the background. To be called as it starts, each time: alarms outlive it, listeners do not.
 */

/**
 * As often as the background must be woken to miss nothing, in minutes. Both browsers put it to sleep after 30 s in which nothing
 * happened. To Chrome what comes over a socket is something, and half a minute is the shortest that it takes; Firefox is to be kept
 * awake by the alarm itself.
 */
export const WAKEFUL = browser.runtime.getBrowserInfo === undefined ? 1 / 2 : 1 / 3

/** Runs every so many minutes. */
export function every(minutes: number, name: string, run: () => void): void {
  browser.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === name) run()
  })
  void browser.alarms.get(name).then((set) => {
    // Made once: making it again would begin its time anew at each start.
    if (!set) browser.alarms.create(name, { periodInMinutes: minutes })
  })
}

/** Runs as the browser starts: without a listener for it, nothing of the extension would. */
export function onBrowserStart(run: () => void): void {
  browser.runtime.onStartup.addListener(run)
}

const CHANGED = 'deskside-changed'

/** From the desk: the sign-in or a setting is another one, which the background is to read. */
export async function tellBackground(): Promise<void> {
  // No background at the moment, as after an update: it reads what there is when it starts.
  await browser.runtime.sendMessage(CHANGED).catch(() => {})
}

export function onToldByDesk(run: () => void): void {
  browser.runtime.onMessage.addListener((message: unknown) => {
    if (message !== CHANGED) return undefined
    run()
    return Promise.resolve(true)
  })
}
