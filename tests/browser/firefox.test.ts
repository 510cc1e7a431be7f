import { afterAll, beforeAll, describe, test } from 'vitest'
import type { BrowserName } from '../../scripts/browsers.ts'
import { waitForColour } from '../support/colours.ts'
import { openCustomer, openOwnWindow } from '../support/customer.ts'
import { takeScreenshot } from '../support/screenshot.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician, type Technician } from '../support/technician.ts'
import { startXvfb } from '../support/xvfb.ts'

const pairs: { technician: BrowserName; customer: BrowserName }[] = [
  { technician: 'firefox', customer: 'chromium' },
  { technician: 'chromium', customer: 'firefox' },
]

describe.each(pairs)('technician in $technician, customer in $customer', (browsers) => {
  const over = new AbortController()
  const { signal } = over
  let technician: Technician
  let url: string
  let display: string

  beforeAll(async () => {
    const server = await startTestServer({ signal })
    url = server.url
    display = (await startXvfb({ signal })).display
    technician = await openTechnician(server.setupLink, { browser: browsers.technician, signal })
  })
  afterAll(() => over.abort())

  test('Q6 Q7 S1 S4 F2 code, chat both ways, screen, another whole screen, stop', async () => {
    const { code } = await technician.create('Ahmed Karim', 'Scanner driver')
    const colours = await openOwnWindow(display, signal)
    await colours.show('red')
    const customer = await openCustomer(url, { browser: browsers.customer, display, signal })
    await customer.fill('Connection ID', code)
    await customer.press('Continue')
    await customer.sees('Marie Blanc has been told that you are here')
    await technician.press(/.*Ahmed Karim.*/)
    await technician.press('Connect')
    await customer.say('Write to Marie Blanc…', 'Hello from here')
    await technician.sees('Hello from here')
    await technician.say('Write to Ahmed Karim…', 'Hello back')
    await customer.sees('Hello back')
    await customer.press('Share my screen')
    await customer.sees('Stop sharing')
    for (const colour of ['red', 'blue', 'lime'] as const) {
      await colours.show(colour)
      await waitForColour(technician.page, colour)
    }
    await takeScreenshot(technician.page, `session-${browsers.technician}`)
    await customer.press('Show another screen')
    await customer.sees('2 screens are visible')
    await technician.press('Screen 2')
    await colours.show('red')
    await waitForColour(technician.page, 'red')
    await customer.press('Stop Screen 2')
    await technician.seesNot('Screen 2')
    await waitForColour(technician.page, 'red')
    await customer.press('Stop sharing')
    await technician.sees('Ahmed Karim stopped sharing')
  })
})
