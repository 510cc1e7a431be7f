import type { Browser, Page } from 'puppeteer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Colour, waitForColour } from '../support/colours.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { chromiumCapture, launchChromium } from '../support/launch.ts'
import { takeScreenshot } from '../support/screenshot.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician, type Technician } from '../support/technician.ts'
import { startWindowManager, type WindowManager } from '../support/window-manager.ts'
import { startXvfb } from '../support/xvfb.ts'

/** A customer who shares windows of other programs, one by one. */

const over = new AbortController()
const { signal } = over
let technician: Technician
let customer: Customer
let programs: Browser
let windows: WindowManager

beforeAll(async () => {
  const server = await startTestServer({ signal })
  const { display } = await startXvfb({ size: { width: 1600, height: 900 }, signal })
  windows = startWindowManager({ display, signal })
  technician = await openTechnician(server.setupLink, { signal })
  programs = (await launchChromium({ display, signal, args: ['--window-position=800,0', '--window-size=500,400'] }))
    .browser
  const { link } = await technician.create('Jean Dupont', 'Two programs do not agree')
  customer = await openCustomer(link, {
    display,
    signal,
    args: [...chromiumCapture.windowCalled('Picked'), '--window-position=0,0', '--window-size=640,800'],
  })
  await customer.sees('connected')
  await technician.press(/.*Jean Dupont.*/)
  await technician.press('Connect')
}, 60_000)
afterAll(() => over.abort())

/** A window of its own, of one colour; the picker gives the one that is called "Picked". */
async function openWindow(colour: Colour): Promise<Page> {
  const page = await programs.newPage({ type: 'window' })
  await paint(page, colour)
  await page.evaluate(() => {
    document.title = 'Picked'
  })
  await windows.has('Picked')
  return page
}

const paint = (page: Page, colour: Colour) =>
  page.evaluate((name) => {
    document.documentElement.style.background = name
    document.body.style.background = name
  }, colour)

async function rename(page: Page) {
  await page.evaluate(() => {
    document.title = 'Letters'
  })
  await windows.has('Letters')
}

async function resize(page: Page, width: number, height: number) {
  const session = await page.createCDPSession()
  const { windowId } = await session.send('Browser.getWindowForTarget')
  await session.send('Browser.setWindowBounds', { windowId, bounds: { width, height } })
}

/** Of the picture, on the technician's side. */
const sizeOf = (which: number) =>
  technician.page.evaluate((at) => {
    const { videoWidth = 0, videoHeight = 0 } = document.querySelectorAll('video')[at] ?? {}
    return [videoWidth, videoHeight]
  }, which)

let mail: Page
let sheet: Page

test('S4 a window is shared alone, and another one beside it; each goes by its name', async () => {
  mail = await openWindow('blue')
  await customer.page.bringToFront()
  await customer.press('Share my screen')
  await waitForColour(technician.page, 'blue')
  await rename(mail)
  sheet = await openWindow('red')
  await customer.page.bringToFront()
  await customer.press('Show another screen')
  await customer.sees('2 screens are visible')
  await technician.press('Window 2')
  await waitForColour(technician.page, 'red')
  await technician.press('All')
  await waitForColour(technician.page, 'blue')
  await waitForColour(technician.page, 'red', 15_000, 1)
  await takeScreenshot(technician.page, 'session-windows')
  await takeScreenshot(customer.page, 'customer-windows')
})

test('S4 a window that is made larger and smaller stays whole in the picture', async () => {
  for (const [width, height] of [
    [900, 700],
    [560, 320],
  ] as const) {
    await resize(sheet, width, height)
    await expect.poll(() => sizeOf(1), { timeout: 20_000 }).toEqual([width, height])
    await waitForColour(technician.page, 'red', 15_000, 1)
  }
  await resize(mail, 700, 300)
  await expect.poll(() => sizeOf(0), { timeout: 20_000 }).toEqual([700, 300])
  await paint(mail, 'lime')
  await waitForColour(technician.page, 'lime')
})

test('S4 S15 a window that is closed is not shown any more; the other one stays', async () => {
  await sheet.close()
  await customer.seesNot('2 screens are visible')
  await technician.seesNot('Window 2')
  await waitForColour(technician.page, 'lime')
})
