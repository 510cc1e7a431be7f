import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer'
import { type BrowserName, findBrowser } from './browsers.ts'
import { extensionFolder, firefoxAddon, firefoxAddonPreference } from './outputs.ts'

type Found = { name: BrowserName; program: string }

/** Undefined where there is no screen to show a window on, or no browser that the extension runs in. */
export async function findWindowBrowser(): Promise<Found | undefined> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  const screen = process.platform === 'darwin' || process.platform === 'win32' || DISPLAY || WAYLAND_DISPLAY
  if (!screen) return undefined
  for (const name of ['chromium', 'firefox'] as const) {
    const program = await findBrowser(name)
    if (program !== undefined) return { name, program }
  }
  return undefined
}

/**
 * Opens a browser with the extension installed, on the desk, and the customer's page in a window beside it. The profile is kept
 * under `dataDir`, and with it what the desk has stored.
 * @param pages addresses: `desk` is what follows the extension's origin.
 * @throws Error where the browser does not start.
 */
export async function openTechnicianWindow(
  { name, program }: Found,
  dataDir: string,
  pages: { desk: string; customer: string },
): Promise<Browser> {
  const userDataDir = path.resolve(dataDir, `browser-${name}`)
  await mkdir(userDataDir, { recursive: true })
  const browser = await (name === 'chromium' ? openChromium : openFirefox)(program, userDataDir)
  const extension = await browser.installExtension(extensionFolder[name === 'chromium' ? 'chrome' : 'firefox'])
  const origin = name === 'chromium' ? `chrome-extension://${extension}` : `moz-extension://${firefoxAddon.host}`
  const [first] = await browser.pages()
  const desk = first ?? (await browser.newPage())
  // No waiting: Firefox reports no load of an extension's pages.
  await desk.goto(`${origin}/${pages.desk}`, { waitUntil: [] })
  const customer = await browser.newPage({ type: 'window' })
  await customer.goto(pages.customer, { waitUntil: [] })
  // Not every system lets a program move windows.
  await placeBeside(browser, desk, customer).catch(() => {})
  return browser
}

/** The desk gets two thirds of the screen, the customer's page the rest. */
async function placeBeside(browser: Browser, desk: Page, customer: Page): Promise<void> {
  const space = await customer.evaluate(() => ({ width: screen.availWidth, height: screen.availHeight }))
  const split = Math.round((space.width * 2) / 3)
  await browser.setWindowBounds(await desk.windowId(), { left: 0, top: 0, width: split, height: space.height })
  const rest = { left: split, top: 0, width: space.width - split, height: space.height }
  await browser.setWindowBounds(await customer.windowId(), rest)
}

const common = {
  headless: false,
  defaultViewport: null,
  // Ctrl-C is start.ts's, which closes the window after the server has said goodbye.
  handleSIGINT: false,
  handleSIGTERM: false,
  handleSIGHUP: false,
}

function openChromium(executablePath: string, userDataDir: string): Promise<Browser> {
  return puppeteer.launch({
    ...common,
    executablePath,
    userDataDir,
    pipe: true,
    enableExtensions: true,
    ignoreDefaultArgs: ['--enable-automation'],
    // Chromium refuses to run as root with its sandbox.
    args: ['--no-first-run', '--hide-crash-restore-bubble', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  })
}

function openFirefox(executablePath: string, userDataDir: string): Promise<Browser> {
  return puppeteer.launch({
    ...common,
    browser: 'firefox',
    executablePath,
    userDataDir,
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: firefoxAddonPreference,
  })
}
