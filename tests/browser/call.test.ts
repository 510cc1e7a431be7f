import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { fakeDevices, waitForCamera, waitForSilence, waitForVoice } from '../support/call.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician, type Technician, toQueue } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let technician: Technician
let customer: Customer

beforeAll(async () => {
  const server = await startTestServer({ signal })
  technician = await openTechnician(server.setupLink, { signal, args: fakeDevices })
  customer = await meet('Jean Dupont')
})
afterAll(() => over.abort())

async function meet(name: string, args?: string[]): Promise<Customer> {
  await toQueue(technician)
  const { link } = await technician.create(name, 'It does not print')
  const came = await openCustomer(link, { signal, ...(args && { args }) })
  await came.sees('connected')
  await technician.press(new RegExp(`.*${name}.*`))
  await technician.press('Connect')
  await technician.sees('End session')
  return came
}

test('S9 the customer is called, sees who rings, and both are seen and heard; each sees the other’s mute and camera', async () => {
  await technician.press('Call Jean Dupont')
  await isAccessible(technician.page, 'call-how')
  await technician.press('With camera')
  await technician.sees('Calling Jean Dupont…')
  await customer.sees('Marie Blanc asks for a video call')
  await isAccessible(customer.page, 'call-rings')
  await customer.press('With camera')
  await waitForCamera(technician.page, '.call-theirs')
  await waitForCamera(customer.page, '.call-theirs')
  await waitForVoice(technician.page)
  await waitForVoice(customer.page)
  await isAccessible(technician.page, 'call-desk')
  await isAccessible(customer.page, 'call-customer')
  expect(await customer.read()).toMatch(/What you allow[\s\S]*Microphone[\s\S]*Camera/)
})
