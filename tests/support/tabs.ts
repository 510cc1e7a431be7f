import type { Page } from 'puppeteer'
import type { Colour } from './colours.ts'
import type { Customer } from './customer.ts'
import { chromiumCapture } from './launch.ts'

/** What the browser's picker picks: the tab that has this title when it opens. */
const PICKED = 'Picked'

/** For a customer's browser, that `showTab` shall work in it. */
export const picksTabs = chromiumCapture.tabCalled(PICKED)

/** A tab of one colour, which is shown by this press. The one before must be `retitled`. */
export async function showTab(customer: Customer, colour: Colour, press: string): Promise<Page> {
  const tab = await customer.browser.newPage({ background: true })
  await tab.setContent(`<!doctype html><title>${PICKED}</title><body style="background: ${colour}">`)
  await customer.page.bringToFront()
  await customer.press(press)
  return tab
}

/** The next picker shall pick another one. */
export const retitle = (tab: Page) =>
  tab.evaluate(() => {
    document.title = 'Shown already'
  })
