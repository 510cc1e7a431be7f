import { afterAll, expect, test } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { openCustomer } from '../support/customer.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
afterAll(() => over.abort())

test('S13 a customer’s page that shares is loaded again: it asks before, and one click shows the screen again', async () => {
  const server = await startTestServer({ signal })
  const technician = await openTechnician(server.setupLink, { signal })
  const { link } = await technician.create('Jean Dupont', 'Help')
  const customer = await openCustomer(link, { signal })
  await customer.sees('connected')
  await technician.press(/.*Jean Dupont.*/)
  await technician.press('Connect')
  await customer.press('Share my screen')
  await customer.sees('Keep this page open')
  await technician.sees('Best quality')
  const asked: string[] = []
  customer.page.on('dialog', (dialog) => asked.push(dialog.type()))
  await customer.page.reload()
  await customer.sees('The page was loaded again')
  expect(asked).toEqual(['beforeunload'])
  await isAccessible(customer.page, 'customer-reloaded')
  await customer.press('Share my screen')
  await technician.sees('Best quality')
  await customer.press('Stop sharing')
  await customer.sees('You stopped sharing.')
  await customer.page.reload()
  await customer.sees('connected')
  expect(asked, 'nothing is shared, and nothing asked').toHaveLength(1)
})
