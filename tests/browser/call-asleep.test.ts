import { afterAll, test } from 'vitest'
import { putToSleep } from '../support/asleep.ts'
import { fakeDevices, waitForVoice } from '../support/call.ts'
import { openCustomer } from '../support/customer.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
afterAll(() => over.abort())

test('S9 S13 a computer that falls asleep while it rings is taken as cut; when it wakes the same call is answered', async () => {
  const server = await startTestServer({ signal })
  const technician = await openTechnician(server.setupLink, { signal, args: fakeDevices })
  const { link } = await technician.create('Jean Dupont', 'It does not print')
  const customer = await openCustomer(link, { signal, args: fakeDevices })
  await customer.sees('connected')
  await technician.press(/.*Jean Dupont.*/)
  await technician.press('Connect')
  await technician.press('Call Jean Dupont')
  await technician.press('Only voice')
  await customer.sees('Marie Blanc asks to talk with you')
  const wake = putToSleep(customer.browser)
  await technician.sees('The connection to Jean Dupont was cut')
  wake()
  // It rings there still.
  await customer.sees('Marie Blanc asks to talk with you')
  await customer.press('Only voice')
  await waitForVoice(technician.page)
  await waitForVoice(customer.page)
})
