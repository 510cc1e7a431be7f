import { afterAll, beforeAll, expect, test } from 'vitest'
import { COLOURS, waitForColour } from '../support/colours.ts'
import { openCustomer, openOwnWindow } from '../support/customer.ts'
import { takeScreenshot } from '../support/screenshot.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { openTechnician, type Technician } from '../support/technician.ts'
import { startXvfb } from '../support/xvfb.ts'

const over = new AbortController()
const { signal } = over
let server: TestServer
let technician: Technician
let display: string

beforeAll(async () => {
  server = await startTestServer({ signal })
  display = (await startXvfb({ signal })).display
  technician = await openTechnician(server.setupLink, { signal })
})
afterAll(() => over.abort())

test('Q1 Q6 Q7 S1 S3 F2 a code is typed, both chat, and the technician sees the screen change', async () => {
  const { code } = await technician.create('Jean Dupont', 'The printer says “offline”')
  const colours = await openOwnWindow(display, signal)
  await colours.show('red')
  const customer = await openCustomer(server.url, { signal, display })
  await customer.fill('Connection ID', code)
  await customer.press('Continue')
  await customer.sees('Marie Blanc has been told that you are here')
  await customer.sees('connected')

  // Linked by itself: until somebody does something for the customer, the customer waits.
  await technician.sees(/Waiting now · 1/)
  await technician.press(/.*Jean Dupont.*/)
  await technician.press('Connect')
  await customer.say('Write to Marie Blanc…', 'Bonjour, l’imprimante est « hors ligne ».')
  await technician.sees('Bonjour, l’imprimante est « hors ligne ».')
  await technician.say('Write to Jean Dupont…', 'Could you show me your screen?')
  await customer.sees('Could you show me your screen?')
  await customer.sees('Marie Blanc is helping you')
  await customer.seesNot('Not delivered yet')

  await customer.sees('Marie Blanc asks to see your screen')
  await customer.press('Share my screen')
  await customer.sees('Your whole screen is visible')
  for (const colour of COLOURS) {
    await colours.show(colour)
    await waitForColour(technician.page, colour)
  }
  await colours.showPrinter()
  await technician.say('Write to Jean Dupont…', 'There it is: please untick “Use printer offline”.')
  await customer.sees('please untick')
  await takeScreenshot(technician.page, 'session')
  await takeScreenshot(customer.page, 'customer-sharing')

  for (const mode of ['Best quality', 'Best speed', 'Automatic']) {
    await technician.choose(mode)
    await expect.poll(() => technician.isOn(mode), { timeout: 20_000 }).toBe(true)
    await colours.show('red')
    await waitForColour(technician.page, 'red')
    await colours.show('blue')
    await waitForColour(technician.page, 'blue')
  }

  await customer.press('Stop sharing')
  await customer.sees('You stopped sharing. Marie Blanc sees nothing any more.')
  await technician.sees('Jean Dupont stopped sharing')
  expect(await technician.page.$('video'), 'no picture is left').toBeNull()

  await technician.press('End session')
  await technician.confirm('End session')
  await customer.sees('Marie Blanc ended the session')
  await technician.sees('You ended the session')
})

test('Q6 Q7 S1 the link does the same as the code', async () => {
  await technician.page.evaluate(() => {
    location.hash = '#/'
  })
  const { link } = await technician.create('Sofia Lindqvist', 'Payroll')
  const colours = await openOwnWindow(display, signal)
  await colours.show('blue')
  const customer = await openCustomer(link, { signal, display })
  await customer.sees('Marie Blanc has been told that you are here')
  await customer.press('Share my screen')
  await technician.press(/.*Sofia Lindqvist.*/)
  await technician.press('See the screen')
  await waitForColour(technician.page, 'blue')
  await colours.show('yellow')
  await waitForColour(technician.page, 'yellow')
})
