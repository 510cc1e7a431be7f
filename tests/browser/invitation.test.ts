import { afterAll, beforeAll, expect, test } from 'vitest'
import { extensionFolder } from '../../scripts/outputs.ts'
import { execute } from '../signalling/support/server.ts'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { givePassword, inviteByMail, openAccount, paste } from '../support/account.ts'
import { launchChromium } from '../support/launch.ts'
import { linkIn, type MailServer, startMailServer } from '../support/mail-server.ts'
import { person } from '../support/person.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { fillInSignUp, openDesk, openTechnician, PASSWORD, type Technician } from '../support/technician.ts'
import { techniciansPage } from '../support/technicians-page.ts'

const over = new AbortController()
const { signal } = over
const GRACE = 'grace@acme.example'
const AMIRA = 'amira@acme.example'
const OLGA = 'olga@acme.example'
const OVER = 'This invitation cannot be used any more. Ask whoever invited you for a new one'
const OVER_FRENCH = 'Cette invitation ne peut plus servir. Demandez-en une nouvelle'
let mail: MailServer
let server: TestServer
let marie: Technician
let grace: Technician
/** Grace’s, which is used by the end of the first test. */
let usedLink: string

beforeAll(async () => {
  mail = await startMailServer()
  server = await startTestServer({ env: mail.environment, signal })
  marie = await openTechnician(server.setupLink, { signal })
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

test('P3 F3 F4 the mailed link, pasted, leads to a sign-up; the new account is in its group and has the group’s keys', async () => {
  usedLink = await inviteByMail(marie, mail, GRACE, 'Support')
  const people = techniciansPage(marie)
  await people.seesRow({ address: GRACE, status: 'Invited' })
  grace = await openDesk({ signal })
  await paste(grace, usedLink)
  await grace.sees('Join Acme IT Support')
  await grace.sees('Marie Blanc invited you. Your groups: Support.')
  await isAccessible(grace.page, 'invitation')
  await grace.choose('Français')
  await grace.sees('Rejoindre Acme IT Support')
  await grace.page.setViewport({ width: 360, height: 900 })
  await isAccessible(grace.page, 'invitation-french-narrow')
  expect(await leftInEnglish(grace.page)).toEqual([])
  await grace.choose('English')
  await grace.page.setViewport({ width: 1440, height: 860 })

  await fillInSignUp(grace, 'Grace Hopper')
  await people.seesRow({
    address: GRACE,
    name: 'Grace Hopper',
    groups: 'Support',
    status: 'Active',
    seen: 'Online now',
  })
  await openAccount(grace)
  await grace.sees('Acme IT Support')
  await grace.sees(/Role\s+Technician/)
  await grace.sees(/Support\s+Here/)
})

test('P3 the toolbar button on the invitation’s page takes the link along', async () => {
  const link = await inviteByMail(marie, mail, AMIRA, 'Support', 'Admin')
  const { browser } = await launchChromium({ extension: extensionFolder.chrome, signal })
  const page = await browser.newPage()
  await page.goto(link)
  await person(page).sees('You are invited to the help desk')
  await page.setViewport({ width: 760, height: 900 })
  await isAccessible(page, 'invitation-page')
  const [extension] = (await browser.extensions()).values()
  if (!extension) throw new Error('The extension is not installed.')
  const opened = browser.waitForTarget((target) => target.url().includes('desk.html'))
  await page.triggerExtensionAction(extension)
  const desk = await (await opened).asPage()
  const amira = person(desk)
  await amira.sees('Join Acme IT Support')
  expect(await desk.evaluate(() => location.href), 'the link is not left in the address').not.toContain('invitation')
  await fillInSignUp(amira, 'Amira Haddad')
  await techniciansPage(marie).seesRow({ address: AMIRA, name: 'Amira Haddad', role: 'Admin', status: 'Active' })
  await browser.close()
})

test('P3 F3 F6 in Firefox an invitation in French is taken up in French', async () => {
  const people = techniciansPage(marie)
  await people.open()
  await marie.press(/Add/)
  await marie.choose('Français')
  await marie.fill('E-mail addresses', OLGA)
  await people.check('Support')
  await marie.confirm(/Send invitations.*/)
  await marie.confirm('Close')
  const letter = await mail.next(OLGA)
  expect(letter.subject).toBe('Marie Blanc vous invite dans l’équipe d’assistance de Acme IT Support')
  const olga = await openDesk({ browser: 'firefox', signal })
  await paste(olga, linkIn(letter))
  await olga.sees('Rejoindre Acme IT Support')
  await olga.fill('Votre nom', 'Olga Petrova')
  await olga.fill('Mot de passe', PASSWORD)
  await olga.fill('Confirmez le mot de passe', PASSWORD)
  await olga.press('Créer mon compte')
  await olga.sees(/([0-9A-Z]{5}-){5}[0-9A-Z]{5}/)
  await olga.press('Je l’ai mis de côté')
  await olga.press(/Mon compte[\s\S]*/)
  await olga.sees(/Support\s+Ici/)
  await people.seesRow({ address: OLGA, name: 'Olga Petrova', status: 'Active' })
  await olga.page.browser().close()
})

test('P3 F3 F4 a link that was used, or is cut short, is explained in both languages, and there is a way on', async () => {
  const late = await openDesk({ signal })
  const cut = usedLink.slice(0, -9)
  await paste(late, cut)
  await late.sees('This is not a complete address. Paste the whole link as you received it')
  expect(await late.written('Link or server address')).toBe(cut)
  await late.choose('Français')
  await late.sees('Ce n’est pas une adresse complète. Collez le lien entier')
  await late.choose('English')

  await paste(late, usedLink)
  await late.sees(OVER)
  await isAccessible(late.page, 'invitation-over')
  await late.choose('Français')
  await late.sees(OVER_FRENCH)
  await isAccessible(late.page, 'invitation-over-french')
  expect(await leftInEnglish(late.page)).toEqual([])
  await late.choose('English')
  await late.press('Sign in')
  await givePassword(late, GRACE)
  await late.sees('Nobody is in the queue')
  await late.page.browser().close()
})

test('P3 a page of a link that is cut short says so', async () => {
  const { browser } = await launchChromium({ signal })
  const page = await browser.newPage()
  await page.goto(usedLink.slice(0, -9))
  const reader = person(page)
  await reader.sees('This invitation is not complete.')
  await reader.press('Français')
  await reader.sees('Cette invitation est incomplète.')
  await browser.close()
})

test('P3 an invitation that ends while its form is filled in is explained, and what was typed stays', async () => {
  const link = await inviteByMail(marie, mail, 'late@acme.example')
  const late = await openDesk({ signal })
  await paste(late, link)
  await late.fill('Your name', 'Lars Late')
  await late.fill('Password', PASSWORD)
  await late.fill('Password again', PASSWORD)
  await execute(server.dataDir, "update invitations set expires_at = 1 where email = 'late@acme.example'")
  await late.press('Create my account')
  await late.sees(OVER)
  await late.choose('Français')
  await late.sees(OVER_FRENCH)
  const fields = ['Adresse e-mail', 'Votre nom', 'Mot de passe', 'Confirmez le mot de passe']
  const kept: string[] = []
  for (const field of fields) kept.push(await late.written(field))
  expect(kept).toEqual(['late@acme.example', 'Lars Late', PASSWORD, PASSWORD])

  // Sent again it is a new link: the one before stays dead, the new one works with what the person types.
  const people = techniciansPage(marie)
  await people.open()
  await people.view('Invited')
  await people.select('late@acme.example')
  await marie.press('Resend invitation')
  await marie.confirm('Resend invitation')
  const again = linkIn(await mail.next('late@acme.example'))
  expect(again).not.toBe(link)
  await late.choose('English')
  await late.press('Another server')
  await paste(late, link)
  await late.sees(OVER)
  await late.press('Another server')
  await paste(late, again)
  await fillInSignUp(late, 'Lars Late')
  await late.page.browser().close()
})

test('P3 a link that is brought to a desk where somebody is signed in waits until they sign out', async () => {
  const link = await inviteByMail(marie, mail, 'kofi@acme.example')
  await grace.press(/Service queue[\s\S]*/)
  await bringToDesk(grace, link)
  await grace.sees('This is the desk of Grace Hopper at Acme IT Support')
  await grace.sees('The invitation is kept until then')
  await isAccessible(grace.page, 'invitation-handed')
  await grace.press('Dismiss')
  await grace.seesNot('This is the desk of Grace Hopper')

  await bringToDesk(grace, link)
  await grace.press('Sign out')
  await grace.sees('Join Acme IT Support')
  expect(await grace.written('E-mail address')).toBe('kofi@acme.example')
  await fillInSignUp(grace, 'Kofi Mensah')
  await techniciansPage(marie).seesRow({ address: 'kofi@acme.example', name: 'Kofi Mensah' })
})

/** Opens the link in a tab beside the desk, presses the toolbar button there, and closes that tab. */
async function bringToDesk(desk: Technician, link: string): Promise<void> {
  const browser = desk.page.browser()
  const [extension] = (await browser.extensions()).values()
  if (!extension) throw new Error('The extension is not installed.')
  const page = await browser.newPage()
  await page.goto(link)
  await page.triggerExtensionAction(extension)
  await desk.sees('This is the desk of')
  await page.close()
}
