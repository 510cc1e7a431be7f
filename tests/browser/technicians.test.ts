import { afterAll, beforeAll, expect, test } from 'vitest'
import { linkIn, type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestServer } from '../support/server.ts'
import { openDesk, openTechnician, PASSWORD, signUp, type Technician } from '../support/technician.ts'
import { type TechniciansPage, techniciansPage } from '../support/technicians-page.ts'

const over = new AbortController()
const { signal } = over
let mails: MailServer
let marie: Technician
let team: TechniciansPage
let grace: Technician
let omar: Technician

beforeAll(async () => {
  mails = await startMailServer()
  const server = await startTestServer({ env: mails.environment, signal })
  marie = await openTechnician(server.setupLink, { signal })
  team = techniciansPage(marie)
  await team.open()
  await team.createGroup('Field service')
  await team.invite('grace@acme.example omar@acme.example nina@acme.example', 'Field service')
  await marie.confirm('Close')
  grace = await openDesk({ signal })
  await signUp(grace, linkIn(await mails.next('grace@acme.example')), 'Grace Hopper')
  omar = await openDesk({ signal })
  await signUp(omar, linkIn(await mails.next('omar@acme.example')), 'Omar Haddad')
})
afterAll(async () => {
  over.abort()
  await mails.close()
})

test('P4 a plain technician sees the own groups and who is in them, and can change nothing', async () => {
  const own = techniciansPage(grace)
  await own.open()
  await grace.sees('You see your groups and the colleagues in them')
  await own.seesRow({ address: 'omar@acme.example', groups: 'Field service', status: 'Active' })
  expect((await own.rows()).map(({ address }) => address).sort()).toEqual(['grace@acme.example', 'omar@acme.example'])
  const shown = await grace.read()
  for (const word of ['Create group', 'Deactivated', 'Invited', 'nina@acme.example', 'marie@acme.example']) {
    expect(shown, word).not.toContain(word)
  }
  expect(await grace.page.$$('.team input[type="checkbox"], .team-main button.button-primary')).toEqual([])
  await grace.page.keyboard.press('a')
  await own.view('Field service')
  expect(await grace.read()).not.toMatch(/Delete group|Rename group|Add technicians/)
})

test('P4 a group is renamed before everybody’s eyes; a name that is taken is refused', async () => {
  await team.view('Field service')
  await marie.press('Rename group')
  await marie.fill('Name of the group', '  súpport ')
  await marie.confirm('Rename group')
  await marie.sees('Another group has this name.')
  await marie.fill('Name of the group', 'On site')
  await marie.confirm('Rename group')
  await marie.sees(/On site\s*3/)
  await grace.sees(/On site\s*2/)
  await grace.seesNot('Field service')
})

test('P4 a group with people or invitations is not deleted until they are gone: it says so', async () => {
  await marie.press('Delete group')
  await marie.sees('“On site” is still in use')
  await marie.sees('Technicians in it: 2.')
  await marie.sees('Open invitations to it: 1.')
  await marie.confirm('Close')
  await team.createGroup('Night shift')
  await marie.sees('Nobody is in this group')
  // Whoever adds from within a group adds straight into it.
  await marie.press('Add technicians')
  await marie.fill('E-mail addresses', 'yuki@acme.example')
  await marie.confirm('Send invitations (1)')
  await marie.confirm('Close')
  await team.seesRow({ address: 'yuki@acme.example', groups: 'Night shift', status: 'Invited' })
  await marie.press('Delete group')
  await marie.sees('Open invitations to it: 1.')
  await marie.confirm('Close')
  await team.select('yuki@acme.example')
  await marie.press('Revoke invitation')
  await marie.confirm('Revoke invitation')
  await team.seesNoRow('yuki@acme.example')
  await marie.press('Delete group')
  await marie.sees('Delete “Night shift”?')
  await marie.confirm('Delete group')
  await marie.seesNot('Night shift')
})

test('P5 those who are checked move to another group; they see it at once', async () => {
  await team.view('On site')
  await team.select('grace@acme.example', 'omar@acme.example', 'nina@acme.example')
  await marie.sees('Selected: 3')
  await marie.press('Move')
  await marie.sees('Invitations are selected too (1)')
  await marie.choose('Move out of “On site” into:')
  await marie.confirm('Move')
  await marie.sees('Choose at least one group.')
  await team.check('Support')
  await marie.confirm('Move')
  await team.seesNoRow('grace@acme.example')
  await team.seesNoRow('omar@acme.example')
  await grace.sees(/Support\s*3/)
  await grace.seesNot('On site')
  await team.view('Support')
  await team.seesRow({ address: 'grace@acme.example', groups: 'Support' })
  await team.seesRow({ address: 'omar@acme.example', groups: 'Support' })

  await team.view('All technicians')
  await team.select('omar@acme.example')
  await marie.press('Move')
  await marie.choose('Add to these groups')
  await team.check('On site')
  await marie.confirm('Move')
  await team.seesRow({ address: 'omar@acme.example', groups: 'On site, Support' })
  await team.seesRow({ address: 'grace@acme.example', groups: 'Support' })
})

test('P6 who is made an admin, and is not one any more, sees it at once at the own desk', async () => {
  await team.select('grace@acme.example')
  await marie.press('Edit roles')
  await marie.choose('Admin: also invites, moves and changes people')
  await marie.confirm('Save')
  await team.seesRow({ address: 'grace@acme.example', role: 'Admin' })
  await grace.sees('Create group')
  const hers = techniciansPage(grace)
  await hers.view('All technicians')
  await hers.seesRow({ address: 'nina@acme.example', status: 'Invited' })
  // It is more than an appearance: what she does as an admin is done.
  await hers.createGroup('Hardware')
  await marie.sees(/Hardware\s*0/)

  await team.select('grace@acme.example')
  await marie.press('Edit roles')
  await marie.choose('Technician: helps customers')
  await marie.confirm('Save')
  await team.seesRow({ address: 'grace@acme.example', role: 'Technician' })
  await grace.seesNot('Create group')
  await grace.sees('You see your groups and the colleagues in them')
  await hers.seesNoRow('nina@acme.example')
})

test('P6 the last admin stays one', async () => {
  await team.select('marie@acme.example')
  await marie.press('Edit roles')
  await marie.choose('Technician: helps customers')
  await marie.sees('This includes you')
  await marie.confirm('Save')
  await marie.sees('This is the last admin.')
  await marie.confirm('Close')
  await marie.press('Deactivate')
  await marie.sees('you will be signed out yourself')
  await marie.confirm('Deactivate')
  await marie.sees('This is the last admin.')
  await marie.confirm('Close')
  await team.seesRow({ address: 'marie@acme.example', role: 'Admin', status: 'Active' })
  await marie.press('Clear selection')
})

test('P6 deactivation ends the other desk at once, and lets nobody in; reactivation does', async () => {
  await team.select('omar@acme.example')
  await marie.press('Deactivate')
  await marie.confirm('Deactivate')
  await omar.sees('Your sign-in is over')
  await team.seesRow({ address: 'omar@acme.example', status: 'Deactivated' })
  await omar.fill('Password', PASSWORD)
  await omar.confirm('Sign in')
  await omar.sees('The address or the password is wrong.')

  await team.view('Deactivated')
  await team.select('omar@acme.example')
  await marie.press('Reactivate')
  await marie.confirm('Reactivate')
  await marie.sees('Nobody is deactivated')
  await omar.fill('Password', PASSWORD)
  await omar.confirm('Sign in')
  await omar.seesNot('Your sign-in is over')
  await team.view('All technicians')
  await team.seesRow({ address: 'omar@acme.example', status: 'Active', seen: 'Online now' })
})
