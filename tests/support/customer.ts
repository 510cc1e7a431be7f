import type { Browser, Page } from 'puppeteer'
import type { BrowserName } from './browsers.ts'
import { type Colour, show } from './colours.ts'
import { chromiumCapture, launchChromium, launchFirefox } from './launch.ts'
import { type Person, person } from './person.ts'

/** A customer in a browser process of their own. */
export type Customer = Person & { page: Page; browser: Browser }

type Options = {
  browser?: BrowserName
  /** Where the browser shows its windows; without it, it is headless. */
  display?: string
  args?: string[]
  signal: AbortSignal
}

/** Opens an address of the server as a customer does: the page to type the code on, or a link. */
export async function openCustomer(address: string, options: Options): Promise<Customer> {
  const { browser: name = 'chromium', display, signal } = options
  const capture = display === undefined ? chromiumCapture.anyTab : chromiumCapture.screen
  const place = display === undefined ? {} : { display }
  const { browser } =
    name === 'chromium'
      ? await launchChromium({ signal, args: options.args ?? [...capture, ...leftHalf], ...place })
      : await launchFirefox({ signal, args: options.args ?? ['--width=640', '--height=760'], ...place })
  const [first] = await browser.pages()
  const page = first ?? (await browser.newPage())
  if (display === undefined) await page.setViewport({ width: 760, height: 900 })
  await page.goto(address)
  return { ...person(page), page, browser }
}

/** A window on the right half of the customer's screen, which shows nothing but one colour at a time. */
export async function openColourWindow(
  display: string,
  signal: AbortSignal,
): Promise<{ show(colour: Colour): Promise<void> }> {
  const { browser } = await launchChromium({ display, signal, args: ['--app=about:blank', ...rightHalf] })
  const [page] = await browser.pages()
  if (!page) throw new Error('The window with the colours did not open.')
  return { show: (colour) => show(page, colour) }
}

// Without a window manager, windows stay where they are put: side by side on a screen of 1280 × 800.
const leftHalf = ['--window-position=0,0', '--window-size=640,800']
const rightHalf = ['--window-position=640,0', '--window-size=640,800']
