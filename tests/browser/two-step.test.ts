import { afterAll, beforeAll, expect, test } from 'vitest'
import { appCode, codeIn, wrong } from '../signalling/support/two-step.ts'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { givePassword, inviteByMail, openAccount, paste, signOut, tokensOf } from '../support/account.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { leaked, readStored } from '../support/stored.ts'
import { fillInSignUp, openDesk, openTechnician, PASSWORD, type Technician } from '../support/technician.ts'
import { techniciansPage } from '../support/technicians-page.ts'

const over = new AbortController()
const { signal } = over
const MARIE = 'marie@acme.example'
const GRACE = 'grace@acme.example'
const NILS = 'nils@acme.example'
/** All that was shown or mailed and must not be found on the server's disk. */
const secrets: string[] = [PASSWORD]
let mail: MailServer
let server: TestServer
let marie: Technician
let grace: Technician
let nils: Technician
/** The code that Grace signed in with. */
let used: string

beforeAll(async () => {
  mail = await startMailServer()
  server = await startTestServer({ env: mail.environment, signal })
  marie = await openTechnician(server.setupLink, { signal })
  secrets.push(server.setupLink.split('#')[1] ?? '')
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

async function mailedCode(address: string): Promise<string> {
  const code = codeIn(await mail.next(address))
  expect(code).toMatch(/^\d{6}$/)
  secrets.push(code)
  return code
}

/** Asks for another code as soon as that is allowed. */
async function sendAgain(desk: Technician): Promise<void> {
  await desk.seesNot('Send again in', 35_000)
  await desk.press('Send again')
}

test('P7 two-step verification is turned on by mail: a wrong code, another mail after 30 s, and only the newest code counts', async () => {
  await openAccount(marie)
  await marie.press('Enable two-step verification')
  await marie.choose('E-mail')
  await marie.confirm('Continue')
  await marie.sees(`A code was sent to ${MARIE}.`)
  await marie.sees(/Send again in [12]?\d\s/)
  const first = await mailedCode(MARIE)
  await marie.fill('Code', wrong(first))
  await marie.confirm('Verify and enable')
  await marie.sees('This code is not right.')
  await sendAgain(marie)
  const second = await mailedCode(MARIE)
  await marie.fill('Code', first)
  await marie.confirm('Verify and enable')
  await marie.sees('This code is not right.')
  await marie.fill('Code', second)
  await marie.confirm('Verify and enable')
  await marie.sees('Codes come by e-mail.')
})

test('P7 an admin requires it of a new technician: the next sign-in mails a code, and a trusted browser is not asked again', async () => {
  const link = await inviteByMail(marie, mail, GRACE, 'Support', 'Two-step verification required')
  secrets.push(link.split('#')[1] ?? '')
  grace = await openDesk({ signal })
  await paste(grace, link)
  await grace.sees('Your organisation asks for two-step verification')
  secrets.push(await fillInSignUp(grace, 'Grace Hopper'))
  await techniciansPage(marie).seesRow({ address: GRACE, name: 'Grace Hopper', twoStep: 'On, required' })
  await openAccount(grace)
  await grace.sees('Required by an admin: it cannot be turned off here.')
  await grace.seesNot('Turn off')

  await signOut(grace)
  await givePassword(grace, GRACE)
  await grace.sees(`A code was sent to ${GRACE}.`)
  used = await mailedCode(GRACE)
  await grace.fill('Code', wrong(used))
  await grace.press('Sign in')
  await grace.sees('This code is not right.')
  await grace.fill('Code', used)
  await grace.tick('Trust this browser for 30 days')
  await grace.press('Sign in')
  await openAccount(grace)
  secrets.push(...(await tokensOf(grace.page)))

  await signOut(grace)
  const mails = mail.mails.length
  await givePassword(grace, GRACE)
  await openAccount(grace)
  expect(mail.mails.length, 'no code was mailed').toBe(mails)
})

test('P8 an authenticator app is set up, and then signs in; each recovery code does so once', async () => {
  const link = await inviteByMail(marie, mail, NILS, 'Support')
  nils = await openDesk({ signal })
  await paste(nils, link)
  await nils.sees('Marie Blanc invited you. Your groups: Support.')
  secrets.push(link.split('#')[1] ?? '', await fillInSignUp(nils, 'Nils Bohr'))
  await openAccount(nils)
  await nils.press('Enable two-step verification')
  await nils.confirm('Continue')
  await nils.fill('Password', 'not the right password')
  await nils.confirm('Continue')
  await nils.sees('This is not your password.')
  await nils.fill('Password', PASSWORD)
  await nils.confirm('Continue')
  await nils.page.waitForSelector('::-p-aria([name="QR code for the authenticator app"]) path')
  await isAccessible(nils.page, 'two-step-app')
  const secret = /(?:[A-Z2-7]{4}\s){7}[A-Z2-7]{4}/.exec(await nils.read())?.[0].replace(/\s/g, '') ?? ''
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  const uri = `otpauth://totp/Deskside?secret=${secret}`
  await nils.fill('Code', wrong(appCode(uri)))
  await nils.confirm('Verify and enable')
  await nils.sees('This code is not right.')
  await nils.fill('Code', appCode(uri))
  await nils.confirm('Verify and enable')
  await nils.sees('Your codes for signing in without the app')
  await isAccessible(nils.page, 'two-step-recovery-codes')
  const codes = await nils.page.$$eval('::-p-aria([role="region"][name="Recovery codes for signing in"]) li', (lines) =>
    lines.map((line) => line.textContent ?? ''),
  )
  expect(new Set(codes).size).toBe(10)
  secrets.push(secret, ...codes)
  await nils.confirm('I have kept them')
  await nils.sees('Codes come from your authenticator app.')

  await signOut(nils)
  await givePassword(nils, NILS)
  await nils.fill('Code', appCode(uri, 1))
  await nils.press('Sign in')
  await openAccount(nils)

  await signOut(nils)
  await signInWithRecoveryCode(codes[0] ?? '')
  await openAccount(nils)
  await signOut(nils)
  await signInWithRecoveryCode(codes[0] ?? '')
  await nils.sees('This code is not right.')
  await nils.fill('Recovery code for signing in', codes[1] ?? '')
  await nils.press('Sign in')
  await openAccount(nils)
  secrets.push(...(await tokensOf(nils.page)))
})

async function signInWithRecoveryCode(code: string): Promise<void> {
  await givePassword(nils, NILS)
  await nils.choose('Recovery code for signing in')
  await nils.fill('Recovery code for signing in', code)
  await nils.press('Sign in')
}

test('P7 P8 an admin requires it of somebody who is about to turn it off: refused, and said so at once', async () => {
  await nils.press('Turn off')
  await nils.fill('Password', PASSWORD)
  const people = techniciansPage(marie)
  await people.open()
  await people.select(NILS)
  await marie.press('Edit roles')
  await marie.choose('Required')
  await marie.confirm('Save')
  await people.seesRow({ address: NILS, twoStep: 'On, required' })
  await nils.sees('Required by an admin: it cannot be turned off here.')
  await nils.confirm('Turn off')
  await nils.sees('Your account may not do this. Ask an admin.')
  await nils.confirm('Cancel')
  await nils.seesNot('Turn off')
})

test('P7 P8 where nobody requires it any more it is turned off with the password, and sign-ins ask for no code', async () => {
  await techniciansPage(marie).select(NILS)
  await marie.press('Edit roles')
  await marie.choose('Each decides for themselves')
  await marie.confirm('Save')
  await nils.press('Turn off')
  await nils.fill('Password', PASSWORD)
  await nils.confirm('Turn off')
  await nils.sees('Enable two-step verification')
  await signOut(nils)
  await givePassword(nils, NILS)
  await openAccount(nils)
  await nils.sees('Enable two-step verification')
})

test('P7 F6 in another browser, Firefox, a code that was used is refused, and a new one signs in', async () => {
  const elsewhere = await openDesk({ browser: 'firefox', signal })
  await paste(elsewhere, server.url)
  await givePassword(elsewhere, GRACE)
  // Within 30 s of the mail before, none goes out by itself.
  await elsewhere.sees(/A code was sent|Too many attempts/)
  const mailed = /A code was sent/.test(await elsewhere.read())
  await elsewhere.fill('Code', used)
  await elsewhere.press('Sign in')
  await elsewhere.sees(/This code (is not right|cannot be used any more)/)
  if (!mailed) await sendAgain(elsewhere)
  await elsewhere.fill('Code', await mailedCode(GRACE))
  await elsewhere.press('Sign in')
  await elsewhere.sees('Nobody is in the queue')
  secrets.push(...(await tokensOf(elsewhere.page)))
  await elsewhere.page.browser().close()
})

test('P7 P8 F3 F4 the second step is accessible in both themes, in French and on a narrow screen', async () => {
  await signOut(marie)
  await givePassword(marie, MARIE)
  await marie.sees('Trust this browser for 30 days')
  await isAccessible(marie.page, 'second-step')
  await marie.choose('Français')
  await marie.sees('Faire confiance à ce navigateur')
  await marie.page.setViewport({ width: 360, height: 740 })
  await isAccessible(marie.page, 'second-step-french-narrow')
  expect(await leftInEnglish(marie.page)).toEqual([])
})

test('G3 the server’s disk and logs have no password, mailed code, recovery code, link, token or app’s secret', async () => {
  expect(secrets.length).toBeGreaterThan(20)
  expect(secrets.filter((secret) => secret.length < 6)).toEqual([])
  const stored = await readStored(server.dataDir)
  expect(stored).toContain(GRACE)
  expect(leaked(stored, secrets)).toEqual([])
  expect(leaked(server.log.join('\n'), secrets)).toEqual([])
})
