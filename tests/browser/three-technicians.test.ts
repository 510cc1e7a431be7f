import type { HTTPRequest, Page } from 'puppeteer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inviteByMail } from '../support/account.ts'
import { openCustomer } from '../support/customer.ts'
import { noPeerPath } from '../support/launch.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { cutMailbox } from '../support/mailbox-cut.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { openDesk, openTechnician, signUp, type Technician, toQueue } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let mail: MailServer
let server: TestServer
let marie: Technician
let grace: Technician
let omar: Technician

beforeAll(async () => {
  mail = await startMailServer()
  server = await startTestServer({ env: mail.environment, signal })
  marie = await openTechnician(server.setupLink, { signal })
  grace = await openDesk({ browser: 'firefox', signal, preferences: noPeerPath })
  await signUp(grace, await inviteByMail(marie, mail, 'grace@acme.example', 'Support'), 'Grace Hopper')
  omar = await openDesk({ signal })
  await signUp(omar, await inviteByMail(marie, mail, 'omar@acme.example', 'Support'), 'Omar Haddad')
  await toQueue(marie)
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

/** Holds up what this desk asks the server to change, until `release`. */
async function holdChanges(page: Page) {
  const released = Promise.withResolvers<void>()
  const decide = async (request: HTTPRequest) => {
    if (request.url().endsWith('/changes')) await released.promise
    await request.continue()
  }
  await page.setRequestInterception(true)
  page.on('request', decide)
  return {
    async release() {
      released.resolve()
      page.off('request', decide)
      await page.setRequestInterception(false)
    },
  }
}

test('Q2 Q4 a queue of three is live; of two who claim at once one has it, and the other reads who', async () => {
  await marie.create('Rosa Lima', 'The scanner hums', { Assignee: 'Nobody' })
  for (const { sees } of [grace, omar]) await sees('Rosa Lima')
  const held = [await holdChanges(grace.page), await holdChanges(omar.page)]
  for (const { press, sees } of [grace, omar]) {
    await press(/.*Assign to me: Rosa Lima.*/)
    await sees('Waiting for the server’s answer')
  }
  await Promise.all(held.map(({ release }) => release()))
  const told = [
    grace.sees('Omar Haddad was faster').then(() => omar),
    omar.sees('Grace Hopper was faster').then(() => grace),
  ]
  const winner = await Promise.any(told)
  expect(await winner.read()).not.toContain('was faster')
  const name = winner === grace ? 'Grace Hopper' : 'Omar Haddad'
  await marie.sees(new RegExp(`Rosa Lima[\\s\\S]*${name}`))
  await (winner === grace ? omar : grace).press('Dismiss')
})

test('Q7 Q11 handed over with a note, the next one has the history and goes on with the same customer', async () => {
  await toQueue(marie)
  const { link } = await marie.create('Jean Dupont', 'No sound', { Assignee: 'Nobody' })
  const customer = await openCustomer(link, { signal })
  await marie.press(/.*Jean Dupont.*/)
  await marie.press('Assign to me')
  await marie.say('Write to Jean Dupont…', 'Is the cable in?')
  await customer.sees('Is the cable in?')
  await customer.say('Write to Marie Blanc…', 'It is green and in')
  await marie.sees('It is green and in')
  await marie.press('More')
  await marie.press('Assign…')
  await marie.pick('Assignee', 'Omar Haddad')
  await marie.fill('Hand-over note', 'Cable is fine; look at the mixer')
  await marie.confirm('Assign')
  // The same seat: nothing was ended, and the customer need not do anything.
  await customer.sees(/Omar Haddad has been told|Omar Haddad is helping you/)
  await omar.press(/.*Jean Dupont.*/)
  await omar.sees('Cable is fine; look at the mixer')
  await omar.sees(/Marie Blanc\s*Is the cable in\?[\s\S]*It is green and in/)
  await omar.say('Write to Jean Dupont…', 'Omar here')
  await customer.sees('Omar here')
  expect(await customer.read()).not.toContain('ended the session')
  await customer.browser.close()
})

test('Q2 Q12 without a path between browsers all of it goes by the mailbox, and only by it', async () => {
  await toQueue(grace)
  await toQueue(marie)
  await marie.press(/.*Rosa Lima.*/)
  const cuts = [await cutMailbox(marie.page), await cutMailbox(omar.page)]
  await marie.press('Edit')
  await marie.fill('Customer’s name', 'Rosa Lima-Santos')
  await marie.confirm('Save')
  // From browser to browser; Grace’s has no way to any.
  await omar.sees('Rosa Lima-Santos')
  expect(await grace.read()).not.toContain('Rosa Lima-Santos')
  for (const { mend } of cuts) await mend()
  await grace.sees('Rosa Lima-Santos', 60_000)
  await grace.press(/.*Rosa Lima-Santos.*/)
  await grace.sees('The scanner hums')
})

test('Q12 who was away the whole time catches up alone, from the mailbox', async () => {
  const desk = omar.page.url()
  await omar.page.goto('about:blank')
  await toQueue(marie)
  const { link } = await marie.create('Ines Late', 'Nobody saw this', { Assignee: 'Nobody' })
  const customer = await openCustomer(link, { signal })
  await marie.press(/.*Ines Late.*/)
  await marie.press('Assign to me')
  await marie.say('Write to Ines Late…', 'Only while he was away')
  await customer.sees('Only while he was away')
  await customer.browser.close()
  await marie.press('More')
  await marie.press('Assign…')
  await marie.pick('Assignee', 'Omar Haddad')
  await marie.confirm('Assign')
  await marie.sees('Omar Haddad')
  for (const { page } of [marie, grace]) await page.goto('about:blank')
  await omar.page.goto(desk)
  await toQueue(omar)
  await omar.press(/.*Ines Late.*/)
  await omar.sees('Nobody saw this')
  await omar.sees(/Marie Blanc\s*Only while he was away/)
})
