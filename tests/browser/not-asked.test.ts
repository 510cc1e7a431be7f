import type { Page } from 'puppeteer'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { openCustomer } from '../support/customer.ts'
import { chromiumCapture } from '../support/launch.ts'
import type { MailServer } from '../support/mail-server.ts'
import { called } from '../support/pager.ts'
import type { TestServer } from '../support/server.ts'
import { type Technician, toQueue } from '../support/technician.ts'
import { openTwoDesks } from '../support/two-desks.ts'

const over = new AbortController()
const { signal } = over
let mail: MailServer
let server: TestServer
/** The admin. */
let marie: Technician
let grace: Technician

beforeAll(async () => {
  ;({ mail, server, marie, grace } = await openTwoDesks(signal))
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

test('S16 “I did not ask for this” stops all at once, blocks the code, and tells the technician and the admins', async () => {
  await toQueue(grace)
  const { code, link } = await grace.create('Rosa Lima', 'The scanner hums')
  const customer = await openCustomer(link, { signal, args: chromiumCapture.anyTab })
  await customer.page.evaluate(keepTracks)
  await customer.sees('Acme IT Support')
  await customer.sees('connected')
  await grace.press(/.*Rosa Lima.*/)
  await grace.press('Connect')
  await customer.press('Share my screen')
  await grace.sees('Best quality')
  await grace.press('Chat')
  await customer.press('I did not ask for this')
  await customer.sees('You are disconnected')
  expect(await customer.page.evaluate(() => window.deskside_test_tracks?.map(({ readyState }) => readyState))).toEqual([
    'ended',
    'ended',
  ])
  await customer.sees('Stopped: Screen, Sound')
  await customer.sees('The code is blocked, and those in charge at Acme IT Support have been told.')
  await customer.sees('Did you type a password while somebody watched? Change it')
  expect(await storageOf(customer.page), 'nothing is kept').toBe('')
  await isAccessible(customer.page, 'not-asked-customer')

  await grace.sees('Rosa Lima says: “I did not ask for this”')
  await grace.sees(/The session was ended and the code \d{5} is blocked\. The admins have been told\./)
  await grace.sees('This customer said: “I did not ask for this”')
  expect(await grace.page.$('video')).toBeNull()
  await isAccessible(grace.page, 'not-asked-technician')

  await marie.sees('Rosa Lima says: “I did not ask for this”')
  await marie.sees(/The ticket was with Grace Hopper \(Support, \d{5}\)\./)
  await isAccessible(marie.page, 'not-asked-admin')
  const letter = await mail.next('marie@acme.example')
  expect(letter.text).toContain('The ticket was with Grace Hopper.')
  expect(letter.text).not.toMatch(/Rosa|scanner/)

  await customer.press('Enter a new code')
  await customer.fill('Connection ID', code)
  await customer.press('Continue')
  await customer.sees('This code can’t be used any more')
  const { link: next } = await successor()
  await customer.page.goto(next)
  await customer.sees('connected')
  await customer.browser.close()
})

test('S16 the admin opens the ticket, and reads what was said, allowed and done', async () => {
  await marie.press('Open the ticket')
  await marie.seesNot('The ticket was with Grace Hopper (Support')
  await marie.sees('Not asked for')
  await marie.choose('Timeline')
  await marie.sees('The customer said “I did not ask for this”: the code is blocked')
  await marie.choose('Consent')
  await marie.sees(/Screen\s*Over[\s\S]*Allowed from/)
})

test('S16 an admin whose desk is closed gets a notification', async () => {
  await toQueue(grace)
  const { link } = await grace.create('Otto Lang', 'Mail')
  const browser = marie.page.browser()
  const other = await browser.newPage()
  await marie.page.close()
  await other.bringToFront()
  const customer = await openCustomer(link, { signal })
  await customer.sees('connected')
  await customer.press('Français')
  await customer.press('Je n’ai rien demandé')
  await customer.sees('Le code est bloqué')
  expect(await leftInEnglish(customer.page)).toEqual([])
  await customer.page.setViewport({ width: 390, height: 780 })
  await isAccessible(customer.page, 'not-asked-customer-french-narrow')
  await vi.waitFor(
    async () => expect((await called(browser)).notices).toContainEqual(expect.stringContaining('told ')),
    {
      timeout: 60_000,
      interval: 500,
    },
  )
  await customer.browser.close()
})

test.each([
  ['ended', 'Ben Ost'],
  ['left', 'Ute Kern'],
] as const)(
  'S16 who understands only after a session that was %s says it from the last page, too',
  async (how, name) => {
    await toQueue(grace)
    const { link } = await grace.create(name, 'Mail')
    const customer = await openCustomer(link, { signal })
    await customer.sees('connected')
    await grace.press(new RegExp(`.*${name}.*`))
    await grace.press('Connect')
    if (how === 'ended') {
      await grace.press('End session')
      await grace.confirm('End session')
      await customer.sees('Grace Hopper ended the session')
    } else await customer.press('I’m done')
    await customer.sees('How was the help from Grace Hopper?')
    await customer.press('I did not ask for this')
    await customer.sees('The code is blocked, and those in charge at Acme IT Support have been told.')
    await toQueue(grace)
    await grace.sees('says: “I did not ask for this”')
    await customer.browser.close()
  },
)

test('S16 without the server everything stops all the same, and the page says that nobody could be told yet', async () => {
  await toQueue(grace)
  const { link } = await grace.create('Ida Berg', 'Screen')
  const customer = await openCustomer(link, { signal, args: chromiumCapture.anyTab })
  await customer.sees('connected')
  await customer.press('Share my screen')
  await customer.sees('One browser tab is visible')
  await server.restart(async () => {
    await customer.press('I did not ask for this')
    await customer.sees('You are disconnected')
    await customer.sees('Stopped: Screen, Sound')
    await customer.sees('Acme IT Support is being told…')
    // The link needs no server: the technician knows.
    await grace.press(/.*Ida Berg.*/)
    await grace.sees('Ida Berg says: “I did not ask for this”')
  })
  await customer.sees('The code is blocked', 60_000)
  await grace.sees('This customer said: “I did not ask for this”', 60_000)
})

/** The new connection ID that Grace makes for the same customer. */
async function successor() {
  await grace.press('Create a new connection ID')
  await grace.confirm(/Create.*connection ID/)
  await grace.sees(/\d{5}-\d{5}/)
  const link = /https?:\/\/\S+\/\d{5}#\d{5}/.exec(await grace.read())?.[0]
  if (!link) throw new Error('no link is shown')
  await grace.confirm('Close')
  return { link }
}

// What follows runs in the customer's page.

const storageOf = (page: Page) => page.evaluate(() => Object.values(sessionStorage).join(' '))

function keepTracks(): void {
  const capture = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getDisplayMedia = async (options) => {
    const stream = await capture(options)
    window.deskside_test_tracks = stream.getTracks()
    return stream
  }
}
