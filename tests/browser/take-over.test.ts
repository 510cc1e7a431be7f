import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { givePassword, paste } from '../support/account.ts'
import { waitForColour } from '../support/colours.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { type Sharing, shareScreen } from '../support/sharing.ts'
import { openDesk, openTechnician, type Technician } from '../support/technician.ts'
import { startXvfb } from '../support/xvfb.ts'

const over = new AbortController()
const { signal } = over
let server: TestServer
/** The same technician in two browsers. */
let office: Technician
let home: Technician
let sharing: Sharing

beforeAll(async () => {
  server = await startTestServer({ signal })
  const { display } = await startXvfb({ signal })
  office = await openTechnician(server.setupLink, { signal })
  sharing = await shareScreen(office, { name: 'Rosa', display, colour: 'blue', signal })
  home = await openDesk({ signal })
  await paste(home, server.url)
  await givePassword(home, 'marie@acme.example')
  await home.sees('Rosa')
})
afterAll(() => over.abort())

test('S13 the same technician goes on in another browser: the customer keeps the session, and is not asked anew', async () => {
  const { customer, colours, ticket } = sharing
  await home.page.evaluate((id) => location.assign(`#/session/${id}`), ticket)
  await home.sees('A session with Rosa is on')
  await isAccessible(home.page, 'take-over')
  await home.press('Help from this browser')
  await waitForColour(home.page, 'blue')
  await office.sees('Another of your browsers is helping Rosa')
  await colours.show('lime')
  await waitForColour(home.page, 'lime')
  await customer.say('Write to Marie Blanc…', 'Still there?')
  await home.sees('Still there?')
  expect(await customer.read(), 'nobody ended anything').not.toMatch(/ended the session|Connect again/)
})

test('S13 and back again', async () => {
  await office.press('Help from this browser')
  await waitForColour(office.page, 'lime')
  await home.sees('Another of your browsers is helping Rosa')
})
