import type { HTTPRequest, Page } from 'puppeteer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { givePassword, openAccount, paste } from '../support/account.ts'
import { openExtensionPage } from '../support/launch.ts'
import { person } from '../support/person.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { openDesk, openTechnician, type Technician } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let server: TestServer
let marie: Technician
/** Another browser of the same account: what it shows has been with the server. */
let elsewhere: Technician

beforeAll(async () => {
  server = await startTestServer({ signal })
  marie = await openTechnician(server.setupLink, { signal })
  for (const name of ['Ada Byron', 'Grace Murray']) {
    await marie.create(name, 'A request')
    await marie.sees(name)
  }
})
afterAll(() => over.abort())

async function rename(desk: Pick<Technician, 'press' | 'fill' | 'confirm' | 'sees'>, from: string, to: string) {
  await desk.press(new RegExp(`.*${from}.*`))
  await desk.press('Edit')
  await desk.fill('Customer’s name', to)
  await desk.confirm('Save')
  await desk.sees(to)
}

async function toQueue(page: Page) {
  await page.evaluate(() => {
    location.hash = '#/'
  })
}

/** Another tab of the same browser, in which the desk goes on. */
async function openAgain(closed: Page): Promise<Technician> {
  const page = await openExtensionPage(
    { browser: closed.browser(), extensionOrigin: /^[^/]+\/\/[^/]+/.exec(closed.url())?.[0] },
    'desk.html',
    'main',
  )
  return { ...marie, ...person(page), page }
}

test('Q12 without a server it is said how many tickets wait, and that nobody was assigned', async () => {
  await marie.page.setViewport({ width: 1440, height: 860 })
  await toQueue(marie.page)
  await marie.press(/.*Grace Murray.*/)
  await marie.press('More')
  await marie.press('Assign…')
  await marie.pick('Assignee', 'Nobody')
  await marie.confirm('Assign')
  await marie.sees('Assign this ticket to yourself')
  // What this changed is with the server: nothing waits when it goes.
  await marie.page.waitForNetworkIdle({ idleTime: 1000 })
  await server.restart(async () => {
    await marie.sees('No connection to the server since')
    await marie.seesNot('kept in this browser and go')
    await rename(marie, 'Ada Byron', 'Ada Lovelace')
    await marie.sees('Your changes to 1 ticket are kept in this browser')
    await rename(marie, 'Ada Lovelace', 'Ada King')
    await rename(marie, 'Grace Murray', 'Grace Hopper')
    await marie.sees('Your changes to 2 tickets are kept in this browser')
    await isAccessible(marie.page, 'pending')
    await marie.press(/Assign to me[\s\S]*/)
    await marie.sees('This needs the server, which cannot be reached now. Nothing was changed.')
    await marie.sees('Assign this ticket to yourself')
    await openAccountOffline(marie)
    await marie.choose('Français')
    await marie.sees('Vos modifications de 2 tickets sont gardées')
    expect(await leftInEnglish(marie.page)).toEqual([])
    await marie.page.setViewport({ width: 360, height: 740 })
    await isAccessible(marie.page, 'pending-french-narrow')
    await marie.page.setViewport({ width: 1440, height: 860 })
    await marie.choose('English')
    await toQueue(marie.page)
  })
  await marie.seesNot('No connection to the server', 60_000)
  elsewhere = await openDesk({ signal })
  await paste(elsewhere, server.url)
  await givePassword(elsewhere, 'marie@acme.example')
  await elsewhere.sees('Ada King', 60_000)
  await elsewhere.sees('Grace Hopper')
})

async function openAccountOffline(desk: Technician) {
  await desk.press(/My account[\s\S]*/)
  await desk.sees('This browser’s storage')
}

test('Q12 what was written without a server outlives the window, closed at the same moment, and arrives', async () => {
  await server.restart(async () => {
    await marie.sees('No connection to the server since')
    await rename(marie, 'Ada King', 'Augusta Ada King')
    const { page } = marie
    // The last key and the closing of the window come in one go.
    await marie.press('Edit')
    await marie.fill('Request', 'Written as the window closed')
    await page.evaluate(() => {
      setTimeout(() => window.close())
      document.querySelector<HTMLFormElement>('dialog[open] form')?.requestSubmit()
    })
    const keeper = await page.browser().newPage()
    if (!page.isClosed()) await page.close()
    marie = await openAgain(page)
    await keeper.close()
    await marie.sees('Augusta Ada King')
    await marie.press(/.*Augusta Ada King.*/)
    await marie.sees('Written as the window closed')
    await marie.sees('Your changes to 1 ticket are kept in this browser')
  })
  await marie.seesNot('No connection to the server', 60_000)
  await elsewhere.sees('Augusta Ada King', 60_000)
  await elsewhere.sees('Written as the window closed')
  await elsewhere.page.browser().close()
})

test('Q12 what does not arrive although the server is there is said, and for how many tickets', async () => {
  const cut = (request: HTTPRequest) =>
    void (request.url().includes('/api/rooms/') ? request.abort() : request.continue())
  await marie.page.setRequestInterception(true)
  marie.page.on('request', cut)
  await rename(marie, 'Augusta Ada King', 'Countess of Lovelace')
  await marie.sees('Your changes to 1 ticket have not reached the server yet', 30_000)
  await isAccessible(marie.page, 'unsent')
  marie.page.off('request', cut)
  await marie.page.setRequestInterception(false)
  await marie.seesNot('have not reached the server', 60_000)
  await openAccount(marie)
})
