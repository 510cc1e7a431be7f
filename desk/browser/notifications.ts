import browser, { type Notifications } from 'webextension-polyfill'

/** What a notification says. Of the buttons Firefox has none: there a press on the notification itself has to do. */
export type NoticeText = { title: string; message: string; buttons: readonly string[] }

/** What Chrome has beyond the standard. */
type Shown = Notifications.CreateNotificationOptions & {
  buttons?: { title: string }[]
  requireInteraction?: boolean
  silent?: boolean
}

const ICON = '/icon/128.png'

/** Shows it, and again where one of this name is in sight already. */
export async function showNotice(name: string, { title, message, buttons }: NoticeText): Promise<void> {
  const plain: Shown = { type: 'basic', iconUrl: browser.runtime.getURL(ICON), title, message }
  // It stays until somebody acts, and makes no sound beside our own.
  const rich: Shown = { ...plain, buttons: buttons.map((title) => ({ title })), requireInteraction: true, silent: true }
  // Or it would only be changed, and nobody called.
  await browser.notifications.clear(name)
  try {
    await browser.notifications.create(name, rich)
  } catch {
    // Firefox refuses what it does not know.
    await browser.notifications.create(name, plain)
  }
}

export async function shownNotices(): Promise<string[]> {
  return Object.keys(await browser.notifications.getAll())
}

export async function clearNotice(name: string): Promise<void> {
  await browser.notifications.clear(name)
}

/** `button` counts from 0; undefined: the notification itself was pressed. */
export function onNoticePressed(pressed: (name: string, button: number | undefined) => void): void {
  browser.notifications.onClicked.addListener((name) => pressed(name, undefined))
  browser.notifications.onButtonClicked?.addListener((name, button) => pressed(name, button))
}
