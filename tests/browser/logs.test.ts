import Papa from 'papaparse'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { inviteByMail } from '../support/account.ts'
import { openCustomer } from '../support/customer.ts'
import { downloaded } from '../support/files.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { openDesk, openTechnician, signUp, type Technician, toQueue } from '../support/technician.ts'
import { techniciansPage } from '../support/technicians-page.ts'

/** A spreadsheet must take it for a name. */
const FORMULA = '=HYPERLINK("http://example.org";"Prize")'

const over = new AbortController()
const { signal } = over
let mail: MailServer
let server: TestServer
let marie: Technician
let grace: Technician
let resolved: string

beforeAll(async () => {
  mail = await startMailServer()
  server = await startTestServer({ env: mail.environment, signal })
  marie = await openTechnician(server.setupLink, { signal })
  await techniciansPage(marie).open()
  await techniciansPage(marie).createGroup('Workshop')
  grace = await openDesk({ signal })
  await signUp(grace, await inviteByMail(marie, mail, 'grace@acme.example', 'Workshop'), 'Grace Hopper')
  await fetch(`${server.url}/api/sign-in`, {
    method: 'POST',
    body: JSON.stringify({ email: 'marie@acme.example', signInKey: 'x'.repeat(43) }),
  })
  await toQueue(marie)
  const { code } = await marie.create(FORMULA, 'Is it safe?', { Group: 'Support' })
  resolved = code.slice(0, 5)
  await marie.press(/.*HYPERLINK.*/)
  await marie.press('Resolve')
  await marie.confirm('Resolve')
  await marie.sees('You resolved this ticket')
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

/** The cells of the log's rows, in their order. */
const shown = ({ page }: Technician) =>
  page.$$eval('::-p-aria([role="row"])', (rows) =>
    rows.flatMap((row) => {
      const cells = [...row.querySelectorAll('td')].map(({ textContent }) => textContent ?? '')
      return cells.length > 0 ? [cells] : []
    }),
  )
/** The columns by which the log is put in order, and how. */
const sorted = ({ page }: Technician) =>
  page.$$eval('::-p-aria([role="columnheader"])', (heads) =>
    heads.flatMap(({ ariaSort, textContent }) =>
      ariaSort && ariaSort !== 'none' ? [`${textContent} ${ariaSort}`] : [],
    ),
  )
const whats = async (desk: Technician) => (await shown(desk)).map(([, , what]) => what)

async function exported(desk: Technician) {
  await desk.press('Export CSV')
  const saved = await downloaded(desk.page, () => desk.confirm('Export'))
  await desk.page.waitForSelector('dialog[open]', { hidden: true })
  const { data, errors } = Papa.parse<string[]>(saved.text.trim())
  expect(errors).toEqual([])
  return { ...saved, rows: data }
}

test('L1 an admin finds what was done under Web activity, the newest first', async () => {
  await marie.press('Web activity')
  await marie.sees('That is all.')
  expect(await whats(marie)).toEqual(
    expect.arrayContaining([
      'Resolved the ticket',
      'Made the connection ID',
      'Invited',
      'Took up the invitation',
      'Created the group',
    ]),
  )
  const rows = await shown(marie)
  const failed = rows.find(([, , what]) => what?.startsWith('Sign-in failed'))
  expect(failed?.slice(1)).toEqual([
    'Somebody not signed in',
    'Sign-in failed: wrong address or password',
    'Marie Blanc',
    '',
    '127.0.0.1',
  ])
  expect(rows.find(([, , what]) => what === 'Invited')?.slice(1, 5)).toEqual([
    'Marie Blanc',
    'Invited',
    'grace@acme.example',
    'Workshop',
  ])
  await isAccessible(marie.page, 'log-web')
})

test('L1 filters, search and order are the server’s', async () => {
  const { page } = marie
  await marie.press('Web activity')
  await marie.sees('That is all.')
  await marie.pick('Technician', 'Grace Hopper')
  await marie.seesNot('Created the group')
  await marie.sees('Took up the invitation')
  await marie.press('Clear search and filters')
  await marie.sees('Created the group')
  await marie.pick('Group', 'Workshop')
  await marie.seesNot('Resolved the ticket')
  await marie.press('Clear search and filters')
  await marie.fill('Search people, addresses, IDs', resolved)
  await marie.seesNot('Created the group')
  await marie.sees('That is all.')
  expect(await whats(marie)).toEqual(['Resolved the ticket', 'Made the connection ID'])
  await marie.press('Time')
  await expect.poll(() => sorted(marie)).toEqual(['Time ascending'])
  await expect.poll(() => whats(marie)).toEqual(['Made the connection ID', 'Resolved the ticket'])
  await marie.fill('Search people, addresses, IDs', 'nobody of that name')
  await marie.sees('Nothing in the log fits')
  await isAccessible(page, 'log-nothing')
  await marie.press('Clear search and filters')
  await marie.pick('Period', 'From … to …')
  await marie.goTo('First day')
  await page.keyboard.type('01012099')
  await marie.sees('Nothing in the log fits')
  await marie.pick('Period', 'Today')
  await marie.sees('Created the group')
  await marie.press('Clear search and filters')
  await marie.press('Time')
})

test('L1 the log is put in order by the column that one presses, by keyboard too, and the focus stays there', async () => {
  const { page } = marie
  await marie.press('Web activity')
  await marie.sees('That is all.')
  expect(await sorted(marie)).toEqual(['Time descending'])
  await marie.press('Who')
  await expect.poll(() => sorted(marie)).toEqual(['Who ascending'])
  const whos = async () => (await shown(marie)).map(([, who]) => who ?? '')
  await expect.poll(async () => (await whos()).at(-1)).toBe('Marie Blanc')
  const names = await whos()
  expect(new Set(names).size).toBeGreaterThan(2)
  expect(names).toEqual([...Map.groupBy(names, (name) => name).values()].flat())
  await page.keyboard.press('Enter')
  await expect.poll(() => sorted(marie)).toEqual(['Who descending'])
  await expect.poll(async () => (await whos())[0]).toBe('Marie Blanc')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Who')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect.poll(() => sorted(marie)).toEqual(['What ascending'])
  await isAccessible(page, 'log-sorted')
  const { rows } = await exported(marie)
  const whatOf = (list: readonly (string | undefined)[]) =>
    list.filter((what) => what === 'Invited' || what === 'Signed out')
  expect(whatOf(rows.map(([, , what]) => what))).toEqual(whatOf(await whats(marie)))
  await marie.press('Time')
})

test('L5 the log is taken away as CSV, which a parser reads, and the export is in the log', async () => {
  await marie.press('Copy the log’s head')
  await marie.sees('Copied. Keep it elsewhere')
  await marie.press('Export CSV')
  await marie.sees('For Excel')
  await isAccessible(marie.page, 'log-csv')
  await marie.confirm('Cancel')
  const { name, text, rows } = await exported(marie)
  expect(name).toBe('deskside-web-activity.csv')
  expect(text.startsWith('\ufeff')).toBe(true)
  expect(rows[0]?.slice(1)).toEqual(['Who', 'What', 'About', 'Group', 'From address'])
  expect(rows.length - 1).toBeGreaterThanOrEqual((await shown(marie)).length)
  expect(rows.every((row) => row.length === 6)).toBe(true)
  await toQueue(marie)
  await marie.press('Web activity')
  await marie.sees('Exported the web activity')
})

test('L4 the resolved tickets are filtered by group, assignee and period, and taken away with names as text', async () => {
  await marie.press('Resolved')
  await marie.sees('HYPERLINK')
  await marie.pick('Assignee', 'Grace Hopper')
  await marie.sees('No ticket fits')
  await marie.pick('Assignee', 'Marie Blanc')
  await marie.sees('HYPERLINK')
  await marie.pick('Group', 'Workshop')
  await marie.sees('No ticket fits')
  await marie.press('Clear search and filters')
  await marie.pick('Period', 'Last 7 days')
  await marie.sees('HYPERLINK')
  await isAccessible(marie.page, 'log-resolved')
  const { rows } = await exported(marie)
  expect(rows[1]?.slice(1, 5)).toEqual([resolved, `'${FORMULA}`, 'Support', 'Marie Blanc'])
})

test('L2 S6 S15 a session is under Remote access logs, with its length, what was allowed and what was kept', async () => {
  await toQueue(marie)
  const { link } = await marie.create('Jean Dupont', 'The printer', { Group: 'Support' })
  const customer = await openCustomer(link, { signal })
  await customer.sees('connected')
  await marie.press(/.*Jean Dupont.*/)
  await marie.press('Connect')
  await customer.press('Share my screen')
  await marie.sees('Best quality')
  await marie.page.bringToFront()
  await marie.page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0, { polling: 100 })
  await marie.press('Snapshot')
  await marie.sees('Image 1 is kept under the ticket')
  await marie.press('End session')
  await marie.confirm('End session')
  await marie.sees('You ended the session')
  await marie.press('Queue')
  await marie.press('Remote access logs')
  await marie.sees('The technician ended it')
  const [row] = await shown(marie)
  expect(row?.slice(1)).toEqual([
    'Marie Blanc',
    expect.stringMatching(/^\d{5} Jean Dupont$/),
    'Support',
    expect.stringMatching(/^\d+:\d\d$/),
    expect.stringMatching(/^Screen/),
    'Snapshots: 1',
    'Direct',
    'The technician ended it',
    // Nobody has answered how it was.
    '',
  ])
  await marie.press(/Show what happened in the session of .*/)
  await marie.sees('Screen: allowed')
  await marie.sees('Snapshot kept')
  await marie.sees('told by the technician’s browser')
  await isAccessible(marie.page, 'log-remote')
  const { rows } = await exported(marie)
  expect(rows[1]?.slice(5, 8)).toEqual([expect.stringMatching(/^Screen/), 'Snapshots: 1', 'Direct'])
})

test('L1 L2 a technician sees the own and what the own groups had', async () => {
  await grace.press('Remote access logs')
  await grace.sees('No session yet')
  await isAccessible(grace.page, 'log-remote-empty')
  await grace.press('Web activity')
  await grace.sees('Took up the invitation')
  await grace.seesNot('Resolved the ticket')
  await grace.seesNot('Sign-in failed')
  await grace.seesNot('Copy the log’s head')
  for (const [, who, , , , from] of await shown(grace)) if (who !== 'Grace Hopper') expect(from).toBe('')
})

test('L1 L2 F4 at a phone’s width and in French', async () => {
  const { page } = marie
  await page.setViewport({ width: 400, height: 800 })
  await isAccessible(page, 'log-remote-narrow')
  await page.setViewport({ width: 1440, height: 860 })
  await marie.press(/My account[\s\S]*/)
  await marie.choose('Français')
  await marie.press('Journaux d’accès à distance')
  await marie.sees('Terminée par le technicien')
  expect(await leftInEnglish(page)).toEqual([])
  await marie.press('Activité Web')
  await marie.sees('A résolu le ticket')
  await isAccessible(page, 'log-web-french')
  expect(await leftInEnglish(page)).toEqual([])
})
