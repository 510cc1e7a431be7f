import { afterAll, beforeAll, expect, test } from 'vitest'
import { stretch } from '../../desk/keys/password.ts'
import { checkServer } from '../../desk/server/server.ts'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import {
  choosePassword,
  givePassword,
  inviteByMail,
  openAccount,
  paste,
  signOut,
  tokensOf,
} from '../support/account.ts'
import { linkIn, type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { leaked, readStored } from '../support/stored.ts'
import { signIn } from '../support/team.ts'
import { keepRecoveryCode, openDesk, openTechnician, PASSWORD, signUp, type Technician } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
const MARIE = 'marie@acme.example'
const GRACE = 'grace@acme.example'
const SECOND = 'second of four passwords'
const THIRD = 'third of four passwords'
const FOURTH = 'fourth of four passwords'
const secrets: string[] = [PASSWORD, SECOND, THIRD, FOURTH]
let mail: MailServer
let server: TestServer
let marie: Technician
let grace: Technician
let elsewhere: Technician
let recoveryCode: string

/** The part of the extension API that the test calls in the background. */
declare const chrome: {
  alarms: { create(name: string, when: { periodInMinutes: number }): void; clear(name: string): Promise<boolean> }
}

beforeAll(async () => {
  mail = await startMailServer()
  server = await startTestServer({ env: mail.environment, signal })
  marie = await openTechnician(server.setupLink, { signal })
  grace = await openDesk({ signal })
  recoveryCode = await signUp(grace, await inviteByMail(marie, mail, GRACE, 'Support'), 'Grace Hopper')
  secrets.push(recoveryCode)
  await openAccount(grace)
  await grace.sees(/Support\s+Here/)
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

/** Asks for a link to reset the password, from the sign-in. */
async function forget(desk: Technician): Promise<string> {
  await desk.press('Forgotten your password?')
  await desk.fill('E-mail address', GRACE)
  await desk.press('Send the link')
  await desk.sees('If there is an account with this address, a link is on its way')
  const link = linkIn(await mail.next(GRACE))
  secrets.push(link.split('#')[1] ?? '')
  await desk.press('Paste the link')
  await paste(desk, link)
  await desk.sees('Set a new password')
  return link
}

/** Grace's public key, as the server hands it out after a sign-in. */
async function publicKey(password: string) {
  const found = await checkServer(server.url)
  if (found.kind !== 'deskside') throw new Error('the server of the test')
  const { signInKey } = await stretch(password, found.instance.instance, GRACE)
  secrets.push(signInKey)
  return (await signIn(server, GRACE, signInKey)).me.publicKey
}

test('P8 G3 a second browser opens the same keys by the password alone', async () => {
  const before = await publicKey(PASSWORD)
  elsewhere = await openDesk({ signal })
  await paste(elsewhere, server.url)
  await givePassword(elsewhere, GRACE)
  await elsewhere.sees('Nobody is in the queue')
  await openAccount(elsewhere)
  await elsewhere.sees(/Support\s+Here/)
  expect(await publicKey(PASSWORD)).toBe(before)
})

test('P8 a changed password signs the other browser out, which stays where it was and goes on with the new one', async () => {
  secrets.push(...(await tokensOf(grace.page)), ...(await tokensOf(elsewhere.page)))
  await grace.press('Change password')
  await grace.fill('Present password', 'not the right password')
  await choosePassword(grace, SECOND, 'New password')
  await grace.confirm('Change password')
  await grace.sees('This is not your password.')
  await grace.fill('Present password', PASSWORD)
  await grace.confirm('Change password')
  await grace.sees('Your password was changed. All other browsers are signed out.')

  await elsewhere.sees('Your sign-in is over')
  await elsewhere.fill('Password', PASSWORD)
  await elsewhere.confirm('Sign in')
  await elsewhere.sees('The address or the password is wrong.')
  await elsewhere.fill('Password', SECOND)
  await elsewhere.confirm('Sign in')
  await elsewhere.seesNot('Your sign-in is over')
  await elsewhere.sees(/Support\s+Here/)
  await elsewhere.page.browser().close()
})

test('P8 F3 F4 G3 a forgotten password with the recovery code: what is lost without it is said, with it the keys are the same', async () => {
  const before = await publicKey(SECOND)
  await signOut(grace)
  const mails = mail.mails.length
  await grace.press('Forgotten your password?')
  await grace.fill('E-mail address', 'nobody@acme.example')
  await grace.press('Send the link')
  await grace.sees('If there is an account with this address, a link is on its way')
  await isAccessible(grace.page, 'forgotten')
  await grace.press('Back')

  await forget(grace)
  expect(mail.mails.length, 'whoever has no account gets no mail').toBe(mails + 1)
  await grace.sees('Without the recovery code your keys are lost')
  await isAccessible(grace.page, 'reset')
  await grace.choose('Français')
  await grace.sees('Sans le code de récupération, vos clés sont perdues')
  await grace.page.setViewport({ width: 360, height: 900 })
  await isAccessible(grace.page, 'reset-french-narrow')
  expect(await leftInEnglish(grace.page)).toEqual([])
  await grace.choose('English')
  await grace.page.setViewport({ width: 1440, height: 860 })

  await choosePassword(grace, THIRD, 'New password')
  await grace.fill(
    'Recovery code (if you have it)',
    recoveryCode.replace(/^./, (first) => (first === '7' ? '8' : '7')),
  )
  await grace.press('Set the password')
  await grace.sees('This is not the recovery code of this account.')
  await grace.fill('Recovery code (if you have it)', recoveryCode.toLowerCase().replaceAll('-', ' '))
  await grace.seesNot('Without the recovery code your keys are lost')
  await grace.press('Set the password')
  await grace.sees('Your new password is set. Sign in with it.')
  await grace.fill('Password', SECOND)
  await grace.press('Sign in')
  await grace.sees('The address or the password is wrong.')
  await grace.fill('Password', THIRD)
  await grace.press('Sign in')
  await openAccount(grace)
  await grace.sees(/Support\s+Here/)
  expect(await publicKey(THIRD)).toBe(before)
})

test('P8 G3 without the recovery code the keys are waited for, until a colleague who signs in shares them, live', async () => {
  await marie.page.browser().close()
  await signOut(grace)
  const link = await forget(grace)
  await choosePassword(grace, FOURTH, 'New password')
  await grace.press('Set the password')
  await grace.sees('Your recovery code')
  await isAccessible(grace.page, 'recovery-code')
  secrets.push(await keepRecoveryCode(grace))
  await grace.fill('Password', FOURTH)
  await grace.press('Sign in')
  await openAccount(grace)
  await grace.sees(/Support\s+Waiting for a colleague’s browser/)
  await grace.page.setViewport({ width: 1440, height: 1900 })
  await isAccessible(grace.page, 'keys-waiting')
  await grace.page.setViewport({ width: 1440, height: 860 })

  marie = await openDesk({ signal })
  await paste(marie, server.url)
  await marie.sees('Acme IT Support')
  await givePassword(marie, MARIE)
  await grace.sees(/Support\s+Here/)

  const late = await openDesk({ signal })
  await paste(late, link)
  await late.sees(
    'This link cannot be used any more. Ask for a new one; until then the password that was set last works.',
  )
  await late.press('Ask for a new link')
  await late.sees('A link to set a new password is sent there.')
  await late.page.browser().close()
})

test('P8 G3 with no desk open, a colleague’s background shares the keys', async () => {
  const browser = marie.page.browser()
  const [extension] = (await browser.extensions()).values()
  const [background] = (await extension?.workers()) ?? []
  if (!background) throw new Error('The background does not run.')
  // Not before it is being waited for; then each second instead of each minute. Another page keeps the browser open.
  await background.evaluate(() => chrome.alarms.clear('share-keyrings'))
  await browser.newPage()
  await marie.page.close()
  await signOut(grace)
  await forget(grace)
  await choosePassword(grace, PASSWORD, 'New password')
  await grace.press('Set the password')
  secrets.push(await keepRecoveryCode(grace))
  await grace.fill('Password', PASSWORD)
  await grace.press('Sign in')
  await openAccount(grace)
  await grace.sees(/Support\s+Waiting for a colleague’s browser/)
  await background.evaluate(() => chrome.alarms.create('share-keyrings', { periodInMinutes: 1 / 60 }))
  await grace.sees(/Support\s+Here/)
})

test('G3 the server’s disk and logs have no password, recovery code, link or token', async () => {
  secrets.push(...(await tokensOf(grace.page)))
  expect(secrets.filter((secret) => secret.length < 12)).toEqual([])
  const stored = await readStored(server.dataDir)
  expect(stored).toContain(GRACE)
  expect(leaked(stored, secrets)).toEqual([])
  expect(leaked(server.log.join('\n'), secrets)).toEqual([])
})
