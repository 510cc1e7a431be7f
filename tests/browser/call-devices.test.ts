import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BrowserName } from '../../scripts/browsers.ts'
import { isAccessible } from '../support/accessible.ts'
import { fakeDevices, VOICES, waitForCamera, waitForPictures, waitForVoice } from '../support/call.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { chromiumCapture } from '../support/launch.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician, type Technician, toQueue } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
/** With neither camera nor microphone. */
let technician: Technician

beforeAll(async () => {
  const server = await startTestServer({ signal })
  technician = await openTechnician(server.setupLink, { signal })
})
afterAll(() => over.abort())

async function meet(name: string, args?: string[], browser: BrowserName = 'chromium'): Promise<Customer> {
  await toQueue(technician)
  const { link } = await technician.create(name, 'It does not print')
  const customer = await openCustomer(link, { signal, browser, ...(args && { args }) })
  await customer.sees('connected')
  await technician.press(new RegExp(`.*${name}.*`))
  await technician.press('Connect')
  await technician.sees('End session')
  return customer
}

test('S9 without any device each is told why and what to do, and may listen', async () => {
  const customer = await meet('Nothing there', chromiumCapture.thisTab)
  await technician.press('Call Nothing there')
  await technician.press('With camera')
  await technician.sees('No microphone was found. Connect one and try again, or only listen.')
  await isAccessible(technician.page, 'call-no-device-desk')
  await technician.press('Only listen')
  await customer.sees('Marie Blanc asks to talk with you')
  await customer.press('With camera')
  await customer.sees('No microphone was found. Connect one and try again, or only listen.')
  await isAccessible(customer.page, 'call-no-device')
  await customer.press('Only listen')
  await technician.sees('Nothing there only listens')
  await customer.sees('Marie Blanc only listens')
  await customer.sees('Nothing at the moment.')
  await customer.press('End the call')
  await technician.sees('Nothing there ended the call.')
  await technician.press('Call Nothing there')
  await technician.press('Only voice')
  await technician.press('Only listen')
  await customer.press('Only voice')
  await customer.sees('No microphone was found')
  await customer.press('No')
  await technician.sees('no camera or microphone was found there')
  await customer.say('Write to Marie Blanc…', 'Then let us write')
  await technician.sees('Then let us write')
  await customer.browser.close()
})

test('S9 where the browser refuses, the customer is told how to allow it, and the chat goes on', async () => {
  const customer = await meet('Refuses', [...chromiumCapture.thisTab, '--use-fake-device-for-media-stream'])
  await customer.browser.defaultBrowserContext().overridePermissions(new URL(customer.page.url()).origin, [])
  await customer.press('Call Marie Blanc')
  await customer.press('With camera')
  await customer.sees('Your browser does not allow the microphone. Allow it by the icon beside the address')
  await isAccessible(customer.page, 'call-refused')
  await customer.press('Cancel')
  await customer.seesNot('does not allow the microphone')
  await customer.say('Write to Marie Blanc…', 'Then let us write')
  await technician.sees('Then let us write')
  await customer.browser.close()
})

test('S9 a reload of the customer’s page and the end of a session end the call; one click calls again', async () => {
  const customer = await meet('Reloads', fakeDevices)
  await customer.press('Call Marie Blanc')
  await customer.press('With camera')
  await technician.press('With camera')
  await technician.press('Only listen')
  await waitForCamera(technician.page, 'Reloads’s camera')
  await customer.page.reload()
  await technician.seesNot('Call with Reloads')
  await customer.sees('connected')
  await technician.press('Call Reloads')
  await technician.press('Only voice')
  await technician.press('Only listen')
  await customer.press('Only voice')
  await waitForVoice(technician.page)
  await technician.press('End session')
  await technician.confirm('End session')
  await technician.seesNot('Call with Reloads')
  await customer.seesNot('Call with Marie Blanc')
  await customer.browser.close()
})

test('S9 F2 a customer in Firefox is seen and heard', async () => {
  const customer = await meet('In Firefox', undefined, 'firefox')
  await customer.press('Call Marie Blanc')
  await customer.press('With camera')
  await technician.press('Only voice')
  await technician.press('Only listen')
  await customer.sees('Marie Blanc only listens')
  await waitForPictures(technician.page, 'In Firefox’s camera')
  await waitForVoice(technician.page, VOICES.firefox)
  await technician.press('End the call')
  await customer.sees('Marie Blanc ended the call.')
  expect(await customer.read()).toContain('Nothing at the moment.')
  await customer.browser.close()
})
