import { afterAll, beforeAll, expect, test } from 'vitest'
import { waitForColour } from '../support/colours.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import type { MailServer } from '../support/mail-server.ts'
import { picksTabs, retitle, showTab } from '../support/tabs.ts'
import { type Technician, toQueue } from '../support/technician.ts'
import { openTwoDesks } from '../support/two-desks.ts'

const over = new AbortController()
const { signal } = over
let mail: MailServer
let marie: Technician
let grace: Technician
let customer: Customer

beforeAll(async () => {
  ;({ mail, marie, grace } = await openTwoDesks(signal))
  await toQueue(grace)
  await toQueue(marie)
  const { link } = await marie.create('Rosa Lima', 'Two windows do not agree')
  customer = await openCustomer(link, { signal, args: picksTabs })
  await customer.sees('connected')
  await marie.press(/.*Rosa Lima.*/)
  await marie.press('Connect')
  const first = await showTab(customer, 'blue', 'Share my screen')
  await waitForColour(marie.page, 'blue')
  await retitle(first)
  await showTab(customer, 'red', 'Show another screen')
  await marie.press('Tab 2')
  await waitForColour(marie.page, 'red')
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

test('S4 S19 a session with two screens goes to a colleague: one click shows both again, and nothing before', async () => {
  await marie.press('Hand over')
  await marie.pick('Assignee', 'Grace Hopper')
  await marie.confirm('Assign')
  await customer.page.bringToFront()
  await customer.sees('Grace Hopper goes on helping you. Show Grace Hopper your screen?')
  await grace.press(/.*Rosa Lima.*/)
  await grace.press('Connect')
  await grace.sees('Rosa Lima is asked whether to show you the screen')
  expect(await grace.page.$('video')).toBeNull()
  await customer.press('Show my screen')
  await waitForColour(grace.page, 'blue')
  await grace.press('Tab 2')
  await waitForColour(grace.page, 'red')
  await customer.sees('2 screens are visible')
  await grace.choose('Consent')
  await grace.sees(/Screen: Tab 2\s+Allowed now/)
  await grace.sees(/Screen: Tab 2\s+Over/)
})
