import type { Page } from 'puppeteer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { type Colour, waitForColour } from '../support/colours.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { flicker, sentASecond, watchSent } from '../support/sent-pictures.ts'
import { startTestServer } from '../support/server.ts'
import { picksTabs, retitle, showTab } from '../support/tabs.ts'
import { openTechnician, type Technician, toQueue } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let technician: Technician
let customer: Customer
let firstTab: Page

beforeAll(async () => {
  const server = await startTestServer({ signal })
  technician = await openTechnician(server.setupLink, { signal })
  await toQueue(technician)
  const { link } = await technician.create('Jean Dupont', 'Two windows do not agree')
  customer = await openCustomer('about:blank', { signal, args: picksTabs })
  await watchSent(customer.page)
  await customer.page.goto(link)
  await customer.sees('connected')
  await technician.press(/.*Jean Dupont.*/)
  await technician.press('Connect')
})
afterAll(() => over.abort())

const show = (colour: Colour, press: string) => showTab(customer, colour, press)

const ticket = () => technician.page.evaluate(() => location.hash.split('/').at(-1) ?? '')

test('S4 a second screen is asked for and added; each is looked at by name and by key, and both side by side', async () => {
  const first = await show('blue', 'Share my screen')
  firstTab = first
  await waitForColour(technician.page, 'blue')
  await retitle(first)
  await technician.page.keyboard.press('N')
  await technician.sees('Another screen was asked for')
  await customer.page.bringToFront()
  await customer.sees('Marie Blanc would like to see another screen')
  const second = await show('red', 'Show another screen')
  await customer.page.bringToFront()
  await customer.sees('2 screens are visible')
  await retitle(second)

  await technician.sees('Tab 2')
  await waitForColour(technician.page, 'blue')
  await technician.press('Tab 2')
  await waitForColour(technician.page, 'red')
  await technician.page.keyboard.press('1')
  await waitForColour(technician.page, 'blue')
  await technician.page.keyboard.press('2')
  await waitForColour(technician.page, 'red')
  await isAccessible(technician.page, 'session-screens')
  await isAccessible(customer.page, 'customer-screens')
  await technician.page.keyboard.press('g')
  await waitForColour(technician.page, 'blue')
  await waitForColour(technician.page, 'red', 15_000, 1)
  await isAccessible(technician.page, 'session-screens-all')

  // The first one's tab becomes low.
  await first.setViewport({ width: 900, height: 300 })
  await expect
    .poll(() => technician.page.$eval('video', ({ videoWidth, videoHeight }) => [videoWidth, videoHeight]), {
      timeout: 15_000,
    })
    .toEqual([900, 300])
  await waitForColour(technician.page, 'blue')
  // The other's becomes narrow.
  await second.setViewport({ width: 420, height: 640 })
  await second.evaluate(() => {
    document.body.style.background = 'lime'
  })
  await waitForColour(technician.page, 'lime', 15_000, 1)
})

test('S2 S4 what is really received is told of the screen that is looked at', async () => {
  const { page } = technician
  const told = () => page.$eval('aria/Figures', (figures) => (figures as HTMLElement).innerText)
  await technician.press('Tab 2')
  await waitForColour(page, 'lime')
  await page.keyboard.press('i')
  await expect.poll(told, { timeout: 15_000 }).toMatch(/Tab 2\s+Size\s+420 × 640/)
  await technician.press('Tab 1')
  await expect.poll(told, { timeout: 15_000 }).toMatch(/Tab 1\s+Size\s+(?!420)\d+ × \d+/)
  await isAccessible(page, 'session-screens-figures')
  await page.keyboard.press('i')
})

test('S4 the screen that nobody looks at takes hardly any of the line, and is whole again when it is looked at', async () => {
  const still = await flicker(firstTab)
  await technician.press('Tab 1')
  await expect.poll(() => sentASecond(customer.page), { timeout: 20_000 }).toBeGreaterThan(5)
  await technician.press('Tab 2')
  await waitForColour(technician.page, 'lime')
  await expect.poll(() => sentASecond(customer.page), { timeout: 20_000 }).toBeLessThanOrEqual(3)
  await technician.press('All')
  await expect.poll(() => sentASecond(customer.page), { timeout: 20_000 }).toBeGreaterThan(5)
  await still()
  await technician.press('Tab 1')
  await waitForColour(technician.page, 'blue')
})

test('S4 S5 what is drawn on one screen is not on the other', async () => {
  await technician.press('Tab 2')
  await waitForColour(technician.page, 'lime')
  await technician.page.keyboard.press('p')
  await technician.choose('Red')
  await technician.choose('Thick')
  await technician.page.focus('::-p-aria([role="application"])')
  for (const key of ['Enter', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'Enter'] as const)
    await technician.page.keyboard.press(key)
  await customer.page.bringToFront()
  await customer.sees('Marie Blanc draws')
  await technician.page.keyboard.press('Escape')
  await technician.press('Tab 1')
  await waitForColour(technician.page, 'blue')
  await customer.seesNot('Marie Blanc draws')
  await technician.press('Tab 2')
  await customer.sees('Marie Blanc draws')
})

test('S4 S6 what is kept has the drawings of the screen that it shows, also with all side by side', async () => {
  await waitForColour(technician.page, 'lime')
  expect(await redInSnapshot(), 'the line on Tab 2').toBe(true)
  await technician.press('All')
  await waitForColour(technician.page, 'blue')
  expect(await redInSnapshot(), 'on Tab 1, of which a picture is kept, is no line').toBe(false)
})

/** Whether anything red is on the snapshot that is taken now; it is deleted again. */
async function redInSnapshot(): Promise<boolean> {
  const { page } = technician
  await technician.press('Snapshot')
  await technician.sees('is kept under the ticket')
  await technician.press('Open')
  await page.waitForSelector('dialog img')
  const red = await page.$eval('dialog img', async (element) => {
    const image = element as HTMLImageElement
    await image.decode()
    const { naturalWidth: width, naturalHeight: height } = image
    const context = new OffscreenCanvas(width, height).getContext('2d')
    context?.drawImage(image, 0, 0)
    const data = context?.getImageData(0, 0, width, height).data ?? []
    return data.some(
      (value, at) => at % 4 === 0 && value > 160 && (data[at + 1] ?? 0) < 110 && (data[at + 2] ?? 0) < 110,
    )
  })
  await technician.confirm('Delete')
  await technician.confirm('Delete')
  return red
}

test('S4 S15 either side takes one screen away, and the ledger knows it by its name', async () => {
  await technician.press('Tab 2')
  await technician.page.keyboard.press('X')
  await technician.seesNot('Tab 2')
  await waitForColour(technician.page, 'blue')
  await customer.page.bringToFront()
  await customer.seesNot('screens are visible')

  const third = await show('yellow', 'Show another screen')
  await technician.sees('Screen: Tab 3')
  // Their keys are there with their buttons.
  await technician.press('Tab 1')
  await technician.page.keyboard.press('2')
  await waitForColour(technician.page, 'yellow')
  await customer.page.bringToFront()
  await customer.press('Stop Tab 3')
  await technician.seesNot('Tab 3')
  await waitForColour(technician.page, 'blue')
  await retitle(third)
  await show('lime', 'Show another screen')
  await technician.sees('Tab 4')
})

test('S4 S13 after a reload of the desk both screens are back', async () => {
  const at = await ticket()
  await technician.page.reload()
  await technician.sees('Tab 4')
  expect(await ticket()).toBe(at)
  await waitForColour(technician.page, 'blue', 30_000)
  await technician.press('Tab 4')
  await waitForColour(technician.page, 'lime', 30_000)
})

test('S4 S13 after a cut both screens are back', async () => {
  const session = await customer.page.createCDPSession()
  await session.send('Page.setWebLifecycleState', { state: 'frozen' })
  await technician.sees('The connection to Jean Dupont was cut')
  await session.send('Page.setWebLifecycleState', { state: 'active' })
  await technician.sees('The connection to Jean Dupont was cut and is back')
  await technician.sees('Tab 4')
  await waitForColour(technician.page, 'lime', 30_000)
})

test('S4 S15 the first one is taken away alone, by either side: the other goes on under its name, and with what is drawn on it', async () => {
  await customer.page.bringToFront()
  await customer.sees('2 screens are visible')
  await customer.press('Stop Tab 1')
  await customer.seesNot('2 screens are visible')
  await technician.seesNot('Tab 1')
  await waitForColour(technician.page, 'lime')
  await technician.sees('Screen: Tab 4')
  const next = await show('red', 'Show another screen')
  await retitle(next)
  await technician.sees('Tab 5')
  await technician.press('Tab 4')
  await waitForColour(technician.page, 'lime')
  await technician.press('Remove this screen')
  await technician.seesNot('Tab 4')
  await waitForColour(technician.page, 'red')
  await customer.page.bringToFront()
  await customer.sees('Marie Blanc sees your screen now')
  await show('blue', 'Show another screen')
  await technician.sees('Tab 6')
  await technician.press('Tab 5')
  await waitForColour(technician.page, 'red')
})

test('S4 S5 at the ticket it is said on which screen something was drawn', async () => {
  await technician.press('End session')
  await technician.confirm('End session')
  await technician.sees('You ended the session')
  await technician.press('Queue')
  await technician.press(/.*Jean Dupont.*/)
  await technician.press('Whiteboard')
  await technician.sees('Drawn on screen 2')
})
