import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { linkIn, type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestServer } from '../support/server.ts'
import { openDesk, openTechnician, signUp, type Technician } from '../support/technician.ts'
import { type TechniciansPage, techniciansPage } from '../support/technicians-page.ts'

const over = new AbortController()
const { signal } = over
let mails: MailServer
let marie: Technician
let team: TechniciansPage
let grace: Technician

beforeAll(async () => {
  mails = await startMailServer({ refuse: (to) => (to.startsWith('gone@') ? 550 : undefined) })
  const server = await startTestServer({ env: mails.environment, signal })
  marie = await openTechnician(server.setupLink, { signal })
  team = techniciansPage(marie)
  grace = await openDesk({ signal })
})
afterAll(async () => {
  over.abort()
  await mails.close()
})

/** The picture of a state of the admin's screen, which axe finds nothing in. */
const isFine = (state: string) => isAccessible(marie.page, `technicians-${state}`)

/** Goes on with Tab, as often as it takes, to the control that is called this. */
async function tabTo(name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await marie.page.keyboard.press('Tab')
    if ((await marie.page.evaluate(focusedName)) === name) return
  }
  throw new Error(`Tab never reaches “${name}”.`)
}

const key = async (...names: Parameters<Technician['page']['keyboard']['press']>[0][]) => {
  for (const name of names) await marie.page.keyboard.press(name)
}

test('P4 F4 alone, and with a group that is empty', async () => {
  await team.open()
  await marie.sees('You are on your own so far')
  await isFine('alone')
  await marie.press('Create group')
  await marie.confirm('Create group')
  await marie.sees('Write a name.')
  await isFine('create-group')
  await marie.press('Cancel')
  await team.createGroup('On site')
  await marie.sees('Nobody is in this group')
  await isFine('empty-group')
  await team.view('Deactivated')
  await marie.sees('Nobody is deactivated')
})

test('P1 F4 addresses, and what becomes of them', async () => {
  await team.view('All technicians')
  await marie.press('Add')
  await marie.fill('E-mail addresses', 'grace@acme.example, gone@acme.example, grace@acme.example, nobody-at-acme,')
  await team.check('On site')
  await marie.sees('nobody-at-acme Not an e-mail address')
  await isFine('add')
  await marie.confirm('Send invitations (2)')
  await marie.sees('Not invited: 2')
  await isFine('result')
  await marie.confirm('Close')
  await marie.sees('Mail failed: resend')
  await signUp(grace, linkIn(await mails.next('grace@acme.example')), 'Grace Hopper')
  await team.seesRow({ address: 'grace@acme.example', status: 'Active', seen: 'Online now' })
  await marie.seesNot('Waits for keys')
})

test('P4 P5 P6 F4 the table, a selection, and what is asked before something is done', async () => {
  await isFine('table')
  await marie.fill('Search technicians', 'zzz')
  await marie.sees('Nobody here matches “zzz”.')
  await isFine('nothing-found')
  await marie.fill('Search technicians', '')
  await team.select('grace@acme.example', 'marie@acme.example', 'gone@acme.example')
  await isFine('selection')
  await marie.press('Move')
  await marie.sees('Move 2 technicians')
  await isFine('move')
  await marie.press('Cancel')
  await marie.press('Edit roles')
  await marie.sees('Leave each as it is')
  await isFine('roles')
  await marie.press('Cancel')
  await marie.press('Deactivate')
  await marie.sees('Deactivate 2 technicians?')
  await isFine('deactivate')
  await marie.press('Cancel')
  await marie.press('Clear selection')
  await team.view('On site')
  await marie.press('Delete group')
  await marie.sees('“On site” is still in use')
  await isFine('group-in-use')
  await marie.press('Close')
})

test('Q9 Q14 F4 how a group’s queue runs is set with the words for what it does, and its members read it', async () => {
  await techniciansPage(grace).open()
  await techniciansPage(grace).view('On site')
  await grace.sees('Whoever takes a waiting customer has the ticket.')
  await grace.sees('An assignee who does not answer for 5 min loses the ticket to the queue.')
  await marie.press('Edit group')
  await marie.sees('Everybody in the group is called until somebody presses “Assign to me”.')
  await marie.choose('The least busy colleague')
  await marie.sees('has the fewest customers there')
  await marie.fill('After how many minutes', '0')
  await marie.confirm('Save')
  await marie.sees('Write a whole number from 1 to 240.')
  await isFine('edit-group')
  await marie.fill('After how many minutes', '12')
  await marie.confirm('Save')
  await marie.sees('An assignee who does not answer for 12 min loses the ticket to the queue.')
  await grace.sees('Waiting customers go to the least busy colleague at the desk.')
  await grace.sees('An assignee who does not answer for 12 min')
  await marie.press('Edit group')
  await marie.tick('Take a ticket back when its assignee does not answer')
  await marie.choose('Colleagues in turn')
  await marie.confirm('Save')
  await grace.sees('Waiting customers go to colleagues at their desk, in turn. Tickets are not taken back.')
  await isFine('group-rules')
})

test('P4 F4 what a plain technician sees', async () => {
  await techniciansPage(grace).open()
  await grace.sees('You see your groups and the colleagues in them')
  await isAccessible(grace.page, 'technicians-read-only')
})

test('P4 P5 F4 on a narrow window the table becomes cards, and everything is still there', async () => {
  await team.view('All technicians')
  await marie.page.setViewport({ width: 420, height: 900 })
  await isFine('narrow')
  await team.select('grace@acme.example', 'gone@acme.example')
  await isFine('narrow-selection')
  await marie.press('Clear selection')
  await marie.press('Add')
  await marie.choose('CSV file')
  await isFine('narrow-add')
  await marie.press('Cancel')
  await marie.page.setViewport({ width: 1440, height: 860 })
})

test('P1 P4 P5 F4 by keyboard alone: a group is made, rows are selected and moved, somebody is invited', async () => {
  await marie.press(/Service queue[\s\S]*/)
  await marie.sees('Nobody is in the queue')
  await tabTo('Technicians')
  await key('Enter')
  await marie.sees('All technicians')
  await tabTo('Create group')
  await key('Enter')
  await marie.sees('Name of the group')
  await marie.page.keyboard.type('Night shift')
  await key('Enter')
  await marie.sees('Nobody is in this group')

  await tabTo('All technicians 3')
  await key('Enter')
  await team.seesRow({ address: 'grace@acme.example' })
  await key('/')
  await marie.page.keyboard.type('acme')
  // Rows in the order of their names: gone@acme.example, Grace Hopper, Marie Blanc.
  await key('ArrowDown', 'ArrowDown', 'Space')
  await marie.sees('Selected: 1')
  await marie.page.keyboard.down('Shift')
  await key('ArrowDown')
  await marie.page.keyboard.up('Shift')
  await marie.sees('Selected: 2')
  await tabTo('Move')
  await key('Enter')
  await marie.sees('Move 2 technicians')
  // From the ways to move, of which one is chosen already, to the groups.
  await tabTo('Night shift')
  await key('Space', 'Enter')
  await team.seesRow({ address: 'grace@acme.example', groups: 'Night shift' })
  await team.seesRow({ address: 'marie@acme.example', groups: 'Night shift' })
  await marie.seesNot('Selected')
  // The focus is on a row again.
  await expect.poll(() => marie.page.evaluate(() => document.activeElement?.tagName)).toBe('TR')

  await key('a')
  await marie.sees('Language of the mail')
  await marie.page.keyboard.type('yuki@acme.example')
  await tabTo('Night shift')
  await key('Space')
  await tabTo('Send invitations (1)')
  await key('Enter')
  await marie.sees('Invited: 1')
  await key('Escape')
  await team.seesRow({ address: 'yuki@acme.example', groups: 'Night shift', status: 'Invited' })

  await tabTo('Address')
  await key('Enter')
  const addresses = async () => (await team.rows()).map(({ address }) => address)
  const sorted = ['gone@acme.example', 'grace@acme.example', 'marie@acme.example', 'yuki@acme.example']
  await expect.poll(addresses).toEqual(sorted)
  await key('Enter')
  await expect.poll(addresses).toEqual(sorted.toReversed())
})

test('P1 P2 P4 P5 F3 F4 the screen is whole in French', async () => {
  await marie.press(/My account[\s\S]*/)
  await marie.choose('Français')
  await marie.press('Techniciens')
  await marie.sees('Tous les techniciens')
  await team.seesRow({ address: 'yuki@acme.example', name: 'Pas encore inscrit', status: 'Invité' })
  await isFine('french')
  await team.select('grace@acme.example', 'marie@acme.example', 'yuki@acme.example')
  expect(await leftInEnglish(marie.page)).toEqual([])
  await isFine('french-selection')
  await marie.press('Déplacer')
  await isFine('french-move')
  await marie.press('Annuler')
  await marie.press('Modifier les rôles')
  await isFine('french-roles')
  await marie.press('Annuler')
  await marie.press('Ajouter')
  await marie.fill('Adresses e-mail', 'nobody-at-acme marie@acme.example ')
  expect(await leftInEnglish(marie.page)).toEqual([])
  await isFine('french-add')
  await marie.choose('Fichier CSV')
  expect(await leftInEnglish(marie.page)).toEqual([])
  await isFine('french-csv')
  await marie.press('Annuler')
  await team.view('On site')
  await marie.press('Modifier le groupe')
  await marie.tick('Reprendre un ticket dont le responsable ne répond pas')
  await marie.choose('À qui le prend')
  expect(await leftInEnglish(marie.page)).toEqual([])
  await isFine('french-edit-group')
  await marie.page.setViewport({ width: 400, height: 900 })
  await isFine('french-edit-group-narrow')
})

// Runs in the page.
function focusedName(): string {
  const focused = document.activeElement
  if (!focused) return ''
  const label = focused instanceof HTMLInputElement ? focused.labels?.[0] : undefined
  const copy = (label ?? focused).cloneNode(true)
  if (copy instanceof Element) for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove()
  return (focused.getAttribute('aria-label') ?? copy.textContent ?? '').replace(/(\D)(\d+)$/, '$1 $2').trim()
}
