import { afterAll, beforeAll, expect, test } from 'vitest'
import { extensionFolder } from '../../scripts/outputs.ts'
import { launchChromium } from '../support/launch.ts'
import { person } from '../support/person.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { openDesk, PASSWORD, setUp, type Technician } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let server: TestServer
let admin: Technician

beforeAll(async () => {
  server = await startTestServer({ signal })
  admin = await openDesk({ signal })
})
afterAll(() => over.abort())

test('G1 addresses that are none of a Deskside server are explained, and what was typed stays', async () => {
  await admin.fill('Link or server address', 'help desk')
  await admin.press('Continue')
  await admin.sees('This is not a complete address.')
  await admin.fill('Link or server address', 'http://localhost:9')
  await admin.press('Continue')
  await admin.sees('Nothing answers at this address.')
  await admin.fill('Link or server address', server.url)
  await admin.press('Continue')
  await admin.sees('This server has no accounts yet. Paste its setup link')
  expect(await admin.written('Link or server address')).toBe(server.url)
})

test('G1 the toolbar button on the setup page takes the link along', async () => {
  const { browser } = await launchChromium({ extension: extensionFolder.chrome, signal })
  const page = await browser.newPage()
  await page.goto(server.setupLink)
  await person(page).sees('Press its button on this page')
  const [extension] = (await browser.extensions()).values()
  if (!extension) throw new Error('The extension is not installed.')
  const opened = browser.waitForTarget((target) => target.url().includes('desk.html'))
  await page.triggerExtensionAction(extension)
  const desk = await (await opened).asPage()
  await person(desk).sees('Set up your help desk')
})

test('G1 a weak or a differing password is explained', async () => {
  await admin.fill('Link or server address', server.setupLink)
  await admin.press('Continue')
  await admin.fill('Organisation', 'Acme IT Support')
  await admin.fill('Your name', 'Marie Blanc')
  await admin.fill('E-mail address', 'marie@acme.example')
  await admin.fill('Password', 'short')
  await admin.fill('Password again', 'short')
  await admin.press('Create the help desk')
  await admin.sees('This password is too short: at least 12 characters.')
  await admin.fill('Password', PASSWORD)
  await admin.fill('Password again', `${PASSWORD}!`)
  await admin.press('Create the help desk')
  await admin.sees('The two passwords are not the same.')
  await admin.fill('Password again', PASSWORD)
  await admin.press('Create the help desk')
  await admin.sees(/([0-9A-Z]{5}-){5}[0-9A-Z]{5}/)
  await admin.press('I have kept it')
  await admin.sees('Nobody is in the queue')
})

test('G1 the setup link is dead for the next one who has it', async () => {
  const late = await openDesk({ signal })
  await late.fill('Link or server address', server.setupLink)
  await late.press('Continue')
  await late.sees('This setup link was already used.')
})

test('P8 Q1 sign out, a wrong password, sign in again: the queue is as it was', async () => {
  const { code } = await admin.create('Jean Dupont', 'Printer')
  await admin.press(/My account[\s\S]*/)
  await admin.press('Sign out')
  await admin.seesNot('Sign out everywhere')
  await admin.fill('E-mail address', 'marie@acme.example')
  await admin.fill('Password', 'not the right password')
  await admin.press('Sign in')
  await admin.sees('The address or the password is wrong.')
  await admin.fill('Password', PASSWORD)
  await admin.press('Sign in')
  await admin.press(/Service queue[\s\S]*/)
  await admin.press(/.*Jean Dupont.*/)
  await admin.press('Show code')
  await admin.sees(code)
})

test('G5 logs hold no codes, tokens, addresses or names', async () => {
  const written = server.log.join('\n')
  expect(written).toContain('"level"')
  for (const word of [
    'marie@acme.example',
    'Marie',
    'Acme',
    'Jean',
    'Printer',
    server.setupLink.split('#')[1] ?? '#',
  ]) {
    expect(written, `a log has ${word}`).not.toContain(word)
  }
})

test('F6 G1 setting up works in Firefox too', async () => {
  const other = await startTestServer({ signal })
  const desk = await openDesk({ browser: 'firefox', signal })
  await setUp(desk, other.setupLink)
  const { code } = await desk.create('Olga Petrova', 'Outlook')
  expect(code).toMatch(/^\d{5}-\d{5}$/)
})
