import type { Page } from 'puppeteer'

/** A key, with the focus in the page's window in front, which the driver cannot type into. */
export async function pressInFront(page: Page, press: KeyboardEventInit): Promise<void> {
  await page.evaluate((init) => {
    const { documentPictureInPicture } = window as { documentPictureInPicture?: { window: Window | null } }
    const body = documentPictureInPicture?.window?.document.body
    body?.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }))
  }, press)
}
