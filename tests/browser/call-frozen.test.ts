import { afterAll, test } from 'vitest'
import { fakeDevices } from '../support/call.ts'
import { openCustomer } from '../support/customer.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
afterAll(() => over.abort())

test('S9 S13 a page that is frozen while it rings is taken as cut; when it wakes it is in the same call', async () => {
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
  const session = await customer.page.createCDPSession()
  await session.send('Page.setWebLifecycleState', { state: 'frozen' })
  await technician.sees('The connection to Jean Dupont was cut')
  await session.send('Page.setWebLifecycleState', { state: 'active' })
  // It rings there still, and what is said of it arrives.
  await customer.sees('Marie Blanc asks to talk with you')
  await technician.press('Stop calling')
  await customer.sees('Marie Blanc called. Nobody answered.')
})
