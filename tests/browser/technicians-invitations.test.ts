import { afterAll, beforeAll, expect, test } from 'vitest'
import { linkIn, type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestServer } from '../support/server.ts'
import { fillInSignUp, openDesk, openTechnician, PASSWORD, signUp, type Technician } from '../support/technician.ts'
import { type TechniciansPage, techniciansPage } from '../support/technicians-page.ts'

const over = new AbortController()
const { signal } = over
let mails: MailServer
let marie: Technician
let team: TechniciansPage
let grace: Technician
let omar: Technician
let nina: Technician

beforeAll(async () => {
  mails = await startMailServer()
  const server = await startTestServer({ env: mails.environment, signal })
  marie = await openTechnician(server.setupLink, { signal })
  team = techniciansPage(marie)
  grace = await openDesk({ signal })
  omar = await openDesk({ signal })
  nina = await openDesk({ signal })
})
afterAll(async () => {
  over.abort()
  await mails.close()
})

/** Opens a link in another tab and presses the extension's button there, as somebody does who comes from a mail. */
async function pressButtonOn(link: string, { page }: Technician): Promise<void> {
  const tab = await page.browser().newPage()
  await tab.goto(link)
  await tab.waitForSelector('main')
  const [extension] = (await page.browser().extensions()).values()
  if (!extension) throw new Error('The extension is not installed.')
  await tab.triggerExtensionAction(extension)
  await tab.close()
}

test('P1 P4 several addresses are invited into a group at once; those that are wrong or there twice are named', async () => {
  await team.open()
  await marie.sees('You are on your own so far')
  await team.createGroup('Field service')
  await team.view('All technicians')
  await marie.press('Add')
  await marie.fill(
    'E-mail addresses',
    'Grace Hopper <grace@acme.example>, omar@acme.example OMAR@acme.example\nnobody-at-acme; marie@acme.example\n',
  )
  await marie.sees('OMAR@acme.example The same address as no. 2')
  await marie.sees('nobody-at-acme Not an e-mail address')
  await marie.sees('marie@acme.example Is a technician already')
  await team.check('Field service')
  await marie.confirm('Send invitations (2)')
  await marie.sees('Invited: 2')
  await marie.sees('Not invited: 3')
  await marie.sees('nobody-at-acme Not an e-mail address')
  await marie.confirm('Close')
  const invited = { groups: 'Field service', role: 'Technician', twoStep: 'Off', status: 'Invited' }
  await team.seesRow({ address: 'grace@acme.example', ...invited, name: 'Not signed up' })
  await team.seesRow({ address: 'omar@acme.example', ...invited, seen: 'Ends in ' })
  expect(await team.rows()).toHaveLength(3)
  await mails.received(2)
  expect(mails.mails.map(({ to }) => to).sort()).toEqual(['grace@acme.example', 'omar@acme.example'])
  await marie.sees('Mail sent')
})

test('P1 group, admin rights and two-step verification are chosen for the invited', async () => {
  await team.invite('nina@acme.example', 'Support', 'Field service', 'Admin', 'Two-step verification required')
  await marie.confirm('Close')
  await team.seesRow({
    address: 'nina@acme.example',
    groups: 'Field service, Support',
    role: 'Admin',
    twoStep: 'Required',
    status: 'Invited',
  })
})

test('P3 the mailed link and the toolbar button lead to a sign-up, and the colleague appears live in the admin’s table', async () => {
  const mail = await mails.next('grace@acme.example')
  expect(mail.subject).toBe('Marie Blanc invites you to the support team of Acme IT Support')
  expect(mail.html).toContain(linkIn(mail))
  await pressButtonOn(linkIn(mail), grace)
  await grace.sees('Join Acme IT Support')
  await grace.sees('Marie Blanc invited you. Your groups: Field service.')
  expect(
    await grace.page.$eval('aria/E-mail address', (field) => {
      const { value, readOnly } = field as HTMLInputElement
      return { value, readOnly }
    }),
  ).toEqual({
    value: 'grace@acme.example',
    readOnly: true,
  })
  await fillInSignUp(grace, 'Grace Hopper')
  await team.seesRow({
    address: 'grace@acme.example',
    name: 'Grace Hopper',
    groups: 'Field service',
    role: 'Technician',
    status: 'Active',
    seen: 'Online now',
  })
  await marie.sees(/Invited\s*2/)
  await grace.page.evaluate(() => {
    location.hash = '#/account'
  })
  await grace.sees(/Field service\s*Here/)
})

test('P3 an invitation that was used opens nothing; another one can be pasted instead', async () => {
  const used = mails.mails.find(({ to }) => to === 'grace@acme.example')
  if (!used) throw new Error('Grace was invited.')
  await omar.fill('Link or server address', linkIn(used))
  await omar.press('Continue')
  await omar.sees('This invitation cannot be used any more.')
  await omar.press('Another server')
  await signUp(omar, linkIn(await mails.next('omar@acme.example')), 'Omar Haddad')
  await team.seesRow({ address: 'omar@acme.example', name: 'Omar Haddad', status: 'Active', seen: 'Online now' })
})

test('P1 P3 an invitation that is sent again leaves the old link dead; a revoked one too', async () => {
  const old = linkIn(await mails.next('nina@acme.example'))
  await team.view('Invited')
  await team.select('nina@acme.example')
  await marie.press('Resend invitation')
  await marie.confirm('Resend invitation')
  const renewed = linkIn(await mails.next('nina@acme.example'))
  await nina.fill('Link or server address', old)
  await nina.press('Continue')
  await nina.sees('This invitation cannot be used any more.')
  await nina.press('Another server')
  await nina.fill('Link or server address', renewed)
  await nina.press('Continue')
  await nina.sees('Your organisation asks for two-step verification')

  // While she has the form open.
  await team.select('nina@acme.example')
  await marie.press('Revoke invitation')
  await marie.confirm('Revoke invitation')
  await marie.sees('No invitation is open')
  await nina.fill('Your name', 'Nina Petit')
  await nina.fill('Password', PASSWORD)
  await nina.fill('Password again', PASSWORD)
  await nina.press('Create my account')
  await nina.sees('This invitation cannot be used any more.')
  await team.view('All technicians')
  await team.seesNoRow('nina@acme.example')
})
