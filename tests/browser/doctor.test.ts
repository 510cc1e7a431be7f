import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician, type Technician } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let technician: Technician
let customer: Customer

beforeAll(async () => {
  // A relay is named, and nobody answers there.
  const env = {
    TURN_URLS: 'turn:127.0.0.1:9, turn:127.0.0.1:9?transport=tcp',
    TURN_SECRET: 'sixteen-characters-or-more',
  }
  const server = await startTestServer({ env, signal })
  technician = await openTechnician(server.setupLink, { signal })
  const nobodyYet = { Group: 'Support', Assignee: 'Nobody' }
  const { link } = await technician.create('Jean Dupont', 'The picture stutters', nobodyYet)
  customer = await openCustomer(link, { signal })
  await customer.sees('Your request has arrived')
})
afterAll(() => over.abort())

test('S14 a customer’s page tries each way and says the one thing to do, readable for everybody', async () => {
  const loaded = await customer.page.evaluate(() => performance.getEntriesByType('resource').length)
  await customer.press('Check the connection')
  await customer.sees('being tried…')
  await customer.sees(
    'The relay does not answer from here. A session works if the two browsers reach each other directly',
  )
  await customer.sees(/Directly, from browser to browser\s+shows once a session begins/)
  await customer.sees(/Through the relay, over UDP\s+blocked/)
  await customer.sees(/Through the relay, encrypted like a web page \(TLS\)\s+not set up/)
  await customer.sees(/To the help desk’s server\s+works, after/)
  const after = await customer.page.evaluate(() => performance.getEntriesByType('resource').length)
  expect(after, 'it is loaded only now').toBeGreaterThan(loaded)
  await customer.page.setViewport({ width: 390, height: 760 })
  await isAccessible(customer.page, 'doctor-customer-narrow')
  await customer.page.setViewport({ width: 760, height: 900 })
})

test('S14 once a link is up the check tells what only that can tell', async () => {
  await technician.press(/.*Jean Dupont.*/)
  await technician.press('Assign to me')
  await customer.sees('Marie Blanc')
  await technician.press('Connect')
  await technician.sees('Jean Dupont is connected')
  await customer.press('Try again')
  await customer.sees('A session works here, but the relay does not answer.')
  await customer.sees(/Directly, from browser to browser\s+works, after/)
})

test('S14 the result is sent to the technician, who sees it beside the own one', async () => {
  await customer.press('Send the result to Marie Blanc')
  await customer.sees('Sent to Marie Blanc')
  await technician.press('Connection check from Jean Dupont')
  await technician.sees('Jean Dupont’s browser')
  await technician.sees(/This browser\s+A session works here, but the relay does not answer/)
  await isAccessible(technician.page, 'doctor-desk')
  await technician.confirm('Close')
  await technician.press('Check the connection')
  await technician.sees('This browser')
  await technician.confirm('Close')
})

test('S14 in French, too', async () => {
  await customer.press('Close')
  await customer.press('Français')
  await customer.press('Vérifier la connexion')
  await customer.sees('le relais ne répond pas')
  await isAccessible(customer.page, 'doctor-customer-french')
  expect(await leftInEnglish(customer.page)).toEqual([])
})
