import type { Browser, Page } from 'puppeteer'
import type { BrowserName } from '../../scripts/browsers.ts'
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
  /** What the customer's tabs play can be captured. */
  audible?: boolean
  /** Chromium only: where it runs, as `Place` says. */
  inside?: readonly string[]
  signal: AbortSignal
}

/** Opens an address of the server as a customer does: the page to type the code on, or a link. */
export async function openCustomer(address: string, options: Options): Promise<Customer> {
  const { browser: name = 'chromium', display, inside, signal, audible = false } = options
  const capture = display === undefined ? chromiumCapture.anyTab : chromiumCapture.screen
  const place = display === undefined ? {} : { display }
  const { browser } =
    name === 'chromium'
      ? await launchChromium({
          signal,
          audible,
          args: options.args ?? [...capture, ...leftHalf],
          ...place,
          ...(inside && { inside }),
        })
      : await launchFirefox({ signal, args: options.args ?? ['--width=640', '--height=760'], ...place })
  const [first] = await browser.pages()
  const page = first ?? (await browser.newPage())
  // Leaving while the screen is shared asks first; the tests mean it.
  page.on('dialog', (dialog) => void dialog.accept())
  if (display === undefined) await page.setViewport({ width: 760, height: 900 })
  await page.goto(address)
  return { ...person(page), page, browser }
}

/** A window on the right half of the customer's screen: one colour from edge to edge, or a dialogue as customers have them. */
export type OwnWindow = {
  show(colour: Colour): Promise<void>
  showPrinter(): Promise<void>
  /** What no codec makes small. */
  showNoise(): Promise<void>
}

export async function openOwnWindow(display: string, signal: AbortSignal): Promise<OwnWindow> {
  const { browser } = await launchChromium({ display, signal, args: ['--app=about:blank', ...rightHalf] })
  const [page] = await browser.pages()
  if (!page) throw new Error('The customer’s own window did not open.')
  return {
    show: (colour) => show(page, colour),
    showPrinter: () => page.setContent(printerPage),
    showNoise: () => page.evaluate(paintNoise),
  }
}

/** Runs in the page. */
function paintNoise(): void {
  const canvas = document.createElement('canvas')
  canvas.width = innerWidth
  canvas.height = innerHeight
  canvas.style.cssText = 'position:fixed;inset:0'
  document.body.replaceChildren(canvas)
  const picture = new ImageData(canvas.width, canvas.height)
  for (let at = 0; at < picture.data.length; at += 1) picture.data[at] = at % 4 === 3 ? 255 : Math.random() * 256
  canvas.getContext('2d')?.putImageData(picture, 0, 0)
}

const printerPage = `<!doctype html><meta charset="utf-8"><title>Printers &amp; scanners</title>
<style>
  body { margin: 0; padding: 28px 32px; background: #f3f4f6; color: #1c2024; font: 16px/1.5 system-ui, sans-serif }
  h1 { margin: 0 0 20px; font-size: 24px } section { padding: 18px 20px; border-radius: 10px; background: #fff }
  h2 { margin: 0; font-size: 17px } p { margin: 4px 0 } .state { color: #b3261e } label { display: block; margin-top: 14px }
</style>
<h1>Printers &amp; scanners</h1>
<section><h2>HP LaserJet 400</h2><p class="state">Offline · 3 documents wait</p>
<label><input type="checkbox" checked> Use printer offline</label>
<label><input type="checkbox"> Let the system choose my default printer</label></section>`

// Without a window manager, windows stay where they are put: side by side on a screen of 1280 × 800.
const leftHalf = ['--window-position=0,0', '--window-size=640,800']
const rightHalf = ['--window-position=640,0', '--window-size=640,800']
