import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { downloaded } from '../support/files.ts'
import { linkIn } from '../support/mail-reader.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { openDesk, openTechnician, signUp, type Technician } from '../support/technician.ts'
import { type TechniciansPage, techniciansPage } from '../support/technicians-page.ts'

const over = new AbortController()
const { signal } = over
let server: TestServer
let marie: Technician
let team: TechniciansPage
let omar: Technician

beforeAll(async () => {
  server = await startTestServer({ signal })
  marie = await openTechnician(server.setupLink, { signal })
  team = techniciansPage(marie)
  omar = await openDesk({ signal })
  const origin = await marie.page.evaluate(() => location.origin)
  await marie.page.browserContext().setPermission(origin, {
    permission: { name: 'clipboard-read' },
    state: 'granted',
  })
})
afterAll(() => over.abort())

async function clipboard(): Promise<string> {
  await marie.page.bringToFront()
  return await marie.page.evaluate(() => navigator.clipboard.readText())
}

test('P1 without a mail server nothing claims to be sent: the mails wait in the Technicians screen', async () => {
  await team.open()
  await marie.press('Add')
  await marie.sees('Two-step verification needs a mail server')
  await marie.press('Cancel')
  await team.invite('grace@acme.example, omar@acme.example')
  await marie.sees('The mails wait for you to pass them on')
  await isAccessible(marie.page, 'technicians-outbox-result')
  await marie.press('Close')
  await team.seesRow({ address: 'grace@acme.example', status: 'InvitedMail waits for you' })
  await marie.sees('Mails that wait for you to pass them on: 2')
  await isAccessible(marie.page, 'technicians-outbox-notice')
  await marie.press('Show the mails')
  await marie.sees('No mail server is set up')
  expect(server.log.filter((line) => line.includes('a mail waits in the Technicians screen'))).toHaveLength(2)
})

test('P1 P3 a mail that is read or copied there leads to a sign-up', async () => {
  // The newest is the first.
  expect(await marie.page.$eval('main li h2', ({ textContent }) => textContent)).toBe('omar@acme.example')
  await marie.press('Copy mail')
  await marie.sees('Copied')
  const copied = await clipboard()
  expect(copied).toMatch(/^Marie Blanc invites you to the support team of Acme IT Support\n\nHello,/)
  await marie.press('Read the mail')
  await marie.sees('Marie Blanc invites you to join the support team')
  await isAccessible(marie.page, 'technicians-outbox')
  const read = await marie.page.$eval('main details p', ({ textContent }) => textContent)
  expect(linkIn({ text: read })).toBe(linkIn({ text: copied }))
  await marie.press('Copy link')
  await expect.poll(clipboard).toBe(linkIn({ text: copied }))

  await signUp(omar, await clipboard(), 'Omar Haddad')
  // The link is used: its mail needs nobody’s hand any more.
  await marie.sees(/Mails to pass on\s*1/)
  await marie.seesNot('omar@acme.example')
  await team.view('All technicians')
  await team.seesRow({ address: 'omar@acme.example', name: 'Omar Haddad', status: 'Active' })
})

test('P1 all waiting mails can be taken at once, as a file', async () => {
  await team.invite('yuki@acme.example')
  await marie.press('Show the mails')
  const saved = await downloaded(marie.page, () => marie.press('Download all (CSV)'))
  expect(saved.name).toBe('deskside-mails.csv')
  expect(saved.text.split('\r\n')[0]).toBe('\ufeffE-mail address,Link,Subject,Text')
  const links = await marie.page.$$eval('main details p', (texts) => texts.map(({ textContent }) => textContent))
  for (const text of links) expect(saved.text).toContain(`example,${linkIn({ text })},`)
})

test('P1 “Passed on” takes a mail away; sending it again puts a new one there, and the old link is dead', async () => {
  await marie.press('Passed on')
  await marie.sees(/Mails to pass on\s*1/)
  await marie.seesNot('yuki@acme.example')
  await marie.press('Copy link')
  await marie.sees('Copied')
  const old = await clipboard()
  await marie.press('Passed on')
  await marie.sees('No mail waits')
  await isAccessible(marie.page, 'technicians-outbox-empty')
  await team.view('Invited')
  await team.seesRow({ address: 'grace@acme.example', status: 'InvitedMail sent' })
  await team.select('grace@acme.example')
  await marie.press('Resend invitation')
  await marie.confirm('Resend invitation')
  await team.view('Mails to pass on')
  await marie.press('Copy link')
  await expect.poll(clipboard).not.toBe(old)

  const late = await openDesk({ signal })
  await late.fill('Link or server address', old)
  await late.press('Continue')
  await late.sees('This invitation cannot be used any more.')
  await late.press('Another server')
  await signUp(late, await clipboard(), 'Grace Hopper')
  await marie.sees('No mail waits')
})

test('P6 a second step cannot be required of somebody whom no code would reach', async () => {
  await team.view('All technicians')
  await team.select('grace@acme.example')
  await marie.press('Edit roles')
  await marie.choose('Required')
  await marie.confirm('Save')
  await marie.sees('This needs a mail server, and none is set up.')
  await marie.confirm('Close')
  await team.seesRow({ address: 'grace@acme.example', twoStep: 'Off' })
})
