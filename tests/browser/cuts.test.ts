import type { Page } from 'puppeteer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { putToSleep } from '../support/asleep.ts'
import { waitForColour } from '../support/colours.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { person } from '../support/person.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { openTechnician, type Technician } from '../support/technician.ts'
import { paint } from '../support/three-places.ts'

const over = new AbortController()
const { signal } = over
let server: TestServer
let technician: Technician

beforeAll(async () => {
  server = await startTestServer({ signal })
  technician = await openTechnician(server.setupLink, { signal })
})
afterAll(() => over.abort())

async function meet(name: string) {
  await technician.page.evaluate(() => {
    location.hash = '#/'
  })
  const { link } = await technician.create(name, 'Help')
  const customer = await openCustomer(link, { signal })
  await customer.sees('connected')
  await technician.press(new RegExp(`.*${name}.*`))
  return customer
}

test('S13 Q7 the server is killed in the middle of a session: the two talk on, and it is in the queue as before', async () => {
  const customer = await meet('Surviving')
  // The desk is back first: then the server learns of a link to somebody whom it does not know yet.
  await offline(customer.page, true)
  await server.restart(async () => {
    await customer.say('Write to Marie Blanc…', 'Is the server gone?')
    await technician.sees('Is the server gone?')
    await technician.say('Write to Surviving…', 'It is, and we are not.')
    await customer.sees('It is, and we are not.')
  })
  await technician.sees('Not here yet · 1')
  await offline(customer.page, false)
  await technician.sees('In session · 1')
  await customer.say('Write to Marie Blanc…', 'Still here')
  await technician.sees('Still here')
  await technician.seesNot(/Waiting now ·/)
  await customer.browser.close()
})

test('Q1 Q12 a connection ID that is asked for while the server is away is made once, when it is back', async () => {
  await technician.page.evaluate(() => {
    location.hash = '#/'
  })
  await server.restart(async () => {
    await technician.press('Create connection ID')
    await technician.fill('Customer’s name', 'Impatient')
    await technician.confirm('Create connection ID')
    await technician.sees(/Nothing was changed/)
  })
  await technician.confirm('Create connection ID')
  await technician.sees(/\d{5}-\d{5}/)
  await technician.confirm('Close')
  expect(await technician.page.$$('::-p-aria([role="link"][name="Impatient"])')).toHaveLength(1)
})

test('Q7 words that were written before the desk was reloaded are delivered when the customer comes', async () => {
  await technician.page.evaluate(() => {
    location.hash = '#/'
  })
  const { link } = await technician.create('Late', 'Help')
  await technician.press(/.*Late.*/)
  await technician.say('Write to Late…', 'Please have the router at hand.')
  await technician.sees('Not delivered yet')
  await technician.page.evaluate(() => {
    location.hash = '#/'
    location.reload()
  })
  await technician.sees('Late')
  const customer = await openCustomer(link, { signal })
  await customer.sees('Please have the router at hand.')
  await customer.browser.close()
})

test('S13 Q7 a customer’s page that slept until the cut was seen wakes up in the same session, with every word once and in order', async () => {
  const customer = await meet('Dozing')
  const wake = await freeze(customer.page)
  await writeTo('Dozing')
  await technician.sees('The connection to Dozing was cut')
  await wake()
  await arrived(customer)
  // Nobody had to begin anew.
  await technician.seesNot('The connection was cut')
  await customer.browser.close()
})

test('S13 Q7 after a minute of sleep the session and the picture come back by themselves; how long it has been cut is told meanwhile', async () => {
  const customer = await meet('Sleeping')
  await technician.press('Connect')
  await customer.press('Share my screen')
  await paint(customer, 'red')
  await waitForColour(technician.page, 'red')
  const wake = putToSleep(customer.browser)
  await technician.sees('The connection to Sleeping was cut')
  await technician.sees(/Cut for\s+1:0\d/, 80_000)
  await writeTo('Sleeping')
  wake()
  // Nobody has to share again.
  await paint(customer, 'lime')
  await waitForColour(technician.page, 'lime', 20_000)
  await customer.sees('One browser tab is visible')
  await arrived(customer)
  await customer.say('Write to Marie Blanc…', 'I was away')
  await technician.sees('I was away')
  await customer.browser.close()
}, 160_000)

const WORDS = ['first of three', 'second of three', 'third of three']

async function writeTo(name: string) {
  for (const text of WORDS) await technician.say(`Write to ${name}…`, text)
}

async function arrived(customer: Customer) {
  await customer.sees(WORDS.at(-1) ?? '')
  await technician.seesNot('Not delivered yet')
  const said = (await customer.read()).match(new RegExp(WORDS.join('|'), 'g'))
  expect(said, 'each once, in order').toEqual(WORDS)
}

/** As a browser does with a page that nobody looks at: its timers stand still. @returns what wakes it */
async function freeze(page: Page): Promise<() => Promise<unknown>> {
  const session = await page.createCDPSession()
  await session.send('Page.setWebLifecycleState', { state: 'frozen' })
  return () => session.send('Page.setWebLifecycleState', { state: 'active' })
}

test('Q6 a duplicated tab does not take the seat from the one that is in session, and gets it after that one is closed', async () => {
  const customer = await meet('Doubled')
  // A window that a page opens begins with a copy of its session storage, as a duplicated tab does.
  const popup = new Promise<Page | null>((resolve) => customer.page.once('popup', resolve))
  await customer.page.evaluate(() => void window.open(location.href))
  const page = await popup
  if (!page) throw new Error('No second tab was opened.')
  const second = person(page)
  await second.sees('Someone is already connected with this code')
  await customer.page.bringToFront()
  await customer.say('Write to Marie Blanc…', 'The first tab goes on')
  await technician.sees('The first tab goes on')
  await customer.page.close()
  await second.press('Continue')
  await second.sees('connected')
  await customer.browser.close()
})

/** Cuts the page from the server; the link between the two browsers stays. */
async function offline(page: Page, cut: boolean): Promise<void> {
  await page.setOfflineMode(cut)
}
