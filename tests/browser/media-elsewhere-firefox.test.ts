import { afterAll, beforeAll, test } from 'vitest'
import { inviteByMail } from '../support/account.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestServer } from '../support/server.ts'
import { type Sharing, shareScreen } from '../support/sharing.ts'
import { openDesk, openTechnician, signUp, type Technician } from '../support/technician.ts'
import { startXvfb } from '../support/xvfb.ts'

const over = new AbortController()
const { signal } = over
let mail: MailServer
let marie: Technician
let sharing: Sharing

beforeAll(async () => {
  mail = await startMailServer()
  const server = await startTestServer({ env: mail.environment, signal })
  const { display } = await startXvfb({ signal })
  marie = await openTechnician(server.setupLink, { signal, browser: 'firefox' })
  const grace = await openDesk({ signal })
  await signUp(grace, await inviteByMail(marie, mail, 'grace@acme.example', 'Support'), 'Grace Hopper')
  sharing = await shareScreen(grace, { name: 'Jean', display, signal })
  await sharing.colours.showNoise()
  await grace.press('Snapshot')
  await grace.sees('Image 1 is kept under the ticket')
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

test('L3 S6 F6 Firefox fetches an image from a colleague’s Chromium, while the session goes on', async () => {
  await marie.page.evaluate((id) => {
    location.hash = `#/ticket/${id}`
  }, sharing.ticket)
  await marie.choose('Media')
  await marie.sees('That browser is open now.')
  await marie.press('Fetch Image 1')
  await marie.sees('Fetched from Grace Hopper')
  await marie.press('View Image 1')
  await marie.page.waitForFunction(
    () => (document.querySelector<HTMLImageElement>('dialog img')?.naturalWidth ?? 0) > 0,
    {
      polling: 100,
    },
  )
  await marie.sees('1280 × 800')
})
