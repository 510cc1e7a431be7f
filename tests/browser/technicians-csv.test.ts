import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import papaparse from 'papaparse'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { downloaded, drop, type Saved } from '../support/files.ts'
import { linkIn, type MailServer, startMailServer } from '../support/mail-server.ts'
import { takeScreenshot } from '../support/screenshot.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician, type Technician } from '../support/technician.ts'
import { type TechniciansPage, techniciansPage } from '../support/technicians-page.ts'

const over = new AbortController()
const { signal } = over
let folder: string
let mails: MailServer
let marie: Technician
let team: TechniciansPage

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'deskside-csv-'))
  mails = await startMailServer()
  const server = await startTestServer({ env: mails.environment, signal })
  marie = await openTechnician(server.setupLink, { signal })
  team = techniciansPage(marie)
  await team.open()
})
afterAll(async () => {
  over.abort()
  await mails.close()
  await rm(folder, { recursive: true, force: true })
})

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const at = path.join(folder, name)
  await writeFile(at, content)
  return at
}

/** The preview's rows: line, address, groups, role, two-step, verdict. */
function preview(): Promise<string[][]> {
  return marie.page.$$eval('::-p-aria([role="region"][name="What will become of each row"]) tbody tr', (rows) =>
    rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)),
  )
}

/** What is in a file that was downloaded, its byte order mark and last line end taken off. */
function rowsOf({ text }: Saved, delimiter = ','): string[][] {
  expect(text.slice(0, 1)).toBe('\ufeff')
  expect(text.slice(-2)).toBe('\r\n')
  const { data, errors } = papaparse.parse<string[]>(text.slice(1, -2), { delimiter, newline: '\r\n' })
  expect(errors).toEqual([])
  return data
}

const recipients = (from: number) => mails.mails.slice(from).map(({ to }) => to)
const download = (name: string) => downloaded(marie.page, () => marie.press(name))

test('P2 the template reads back as two people; a group that is new is created only if it stays checked', async () => {
  await marie.press('Add')
  await marie.choose('CSV file')
  await marie.confirm('Send invitations')
  await marie.sees('Choose a CSV file first.')
  const template = await download('Download CSV template')
  expect(template.name).toBe('deskside-technicians.csv')
  expect(rowsOf(template)[0]).toEqual(['E-mail address', 'Group', 'Admin', '2FA'])
  await marie.press('Cancel')

  await team.chooseCsv(await file(template.name, template.text))
  await marie.sees('Ready: 2 · With a problem: 0')
  await marie.sees('New groups in this file')
  await team.uncheck('Field service')
  await marie.sees('Ready: 1 · With a problem: 1')
  expect(await preview()).toEqual([
    [
      '3',
      'tom.okafor@example.org',
      'Support, Field service',
      'Admin',
      'Required',
      'There is no such group: Field service',
    ],
    ['2', 'anna.martin@example.org', 'Support', 'Technician', 'Off', 'Ready'],
  ])
  await marie.press('Cancel')
  await marie.seesNot('Field service')
})

const TOO_LONG = 'x'.repeat(81)
const FORMULA = '=HYPERLINK("https://evil.example","prize")'

const MIXED = [
  'address,group,admin,2FA',
  'ann@acme.example,Support,no,no',
  'bob@acme.example,Night watch|Support,yes,1',
  'not an address,Support,no,no',
  'ANN@acme.example,Support,no,no',
  'marie@acme.example,Support,no,no',
  'waiting@acme.example,Support,no,no',
  'carl@acme.example,Nowhere,no,no',
  'dora@acme.example,Support,perhaps,no',
  '"eve@acme.example",support,FALSE,',
  '=2+5@acme.example,Support,no,no',
  `+sales@acme.example,"${FORMULA.replaceAll('"', '""')}",no,no`,
  '-ops@acme.example,@home|-night|+day,no,no',
  '',
  'finn@acme.example,,no,no',
  'gina@acme.example,Support,no',
  '@all,Support,no,no',
  `ida@acme.example,${TOO_LONG},no,no`,
  '"hugo@acme.example,Support,no,no',
].join('\n')

const WRONG: Record<string, string> = {
  'not an address': 'Not an e-mail address',
  'ANN@acme.example': 'The same address as no. 2',
  'marie@acme.example': 'Is a technician already',
  'waiting@acme.example': 'Is invited already: resend or revoke that invitation',
  'carl@acme.example': 'There is no such group: Nowhere',
  'dora@acme.example': '“perhaps” is neither yes nor no',
  '=2+5@acme.example': 'Not an e-mail address',
  '@all': 'Not an e-mail address',
  'ida@acme.example': `“${TOO_LONG}” can’t be a group’s name`,
  'hugo@acme.example,Support,no,no': 'The quotation marks do not match',
}

const GOOD: Record<string, string> = {
  'ann@acme.example': 'Support',
  'bob@acme.example': 'Night watch, Support',
  'eve@acme.example': 'Support',
  '+sales@acme.example': FORMULA,
  '-ops@acme.example': '+day, -night, @home',
  'finn@acme.example': 'Support',
  'gina@acme.example': 'Support',
}

test('P2 P4 each row of a file stands for itself: the bad ones are named, the good ones invited whole', async () => {
  await team.invite('waiting@acme.example')
  await marie.confirm('Close')
  await mails.received(1)
  await team.chooseCsv(await file('mixed.csv', MIXED))
  await marie.sees('Ready: 8 · With a problem: 9')
  await team.uncheck('Nowhere')
  await marie.sees('Ready: 7 · With a problem: 10')
  await takeScreenshot(marie.page, 'technicians-csv-mixed')
  const shown = await preview()
  expect(Object.fromEntries(shown.map(([, address, , , , verdict]) => [address, verdict]))).toEqual({
    ...WRONG,
    ...Object.fromEntries(Object.keys(GOOD).map((address) => [address, 'Ready'])),
  })
  expect(shown.find(([, address]) => address === 'bob@acme.example')).toEqual([
    '3',
    'bob@acme.example',
    'Night watch, Support',
    'Admin',
    'Required',
    'Ready',
  ])

  await marie.confirm('Send invitations (7)')
  await marie.sees('Invited: 7')
  await marie.sees('Not invited: 10')
  const result = await download('Download the result (CSV)')
  expect(result.name).toBe('deskside-result.csv')
  const [header, ...rows] = rowsOf(result)
  expect(header).toEqual(['E-mail address', 'Group', 'Admin', '2FA', 'Result'])
  const apostrophe = (cell: string) => (/^[=+\-@]/.test(cell) ? `'${cell}` : cell)
  expect(Object.fromEntries(rows.map(([address, , , , verdict]) => [address, verdict]))).toEqual(
    Object.fromEntries([
      ...Object.entries(WRONG).map(([address, verdict]) => [apostrophe(address), verdict]),
      ...Object.keys(GOOD).map((address) => [apostrophe(address), 'Invited']),
    ]),
  )
  expect(rows).toContainEqual(['dora@acme.example', 'Support', 'perhaps', 'no', expect.any(String)])
  // A spreadsheet shows them; it runs none of them.
  expect(rows).toContainEqual(["'+sales@acme.example", `'${FORMULA}`, 'no', 'no', 'Invited'])
  expect(rows).toContainEqual(["'-ops@acme.example", "'@home|-night|+day", 'no', 'no', 'Invited'])
  expect(rows.flat().filter((cell) => /^[=+\-@]/.test(cell))).toEqual([])

  await marie.confirm('Close')
  for (const [address, groups] of Object.entries(GOOD)) await team.seesRow({ address, groups, status: 'Invited' })
  await team.seesRow({ address: 'bob@acme.example', role: 'Admin', twoStep: 'Required' })
  for (const group of [FORMULA, '@home', '-night', '+day', 'Night watch']) await team.view(group)
  await marie.seesNot('Nowhere')
  await mails.received(8)
  expect(recipients(1).sort()).toEqual(Object.keys(GOOD).sort())

  // What was downloaded can be mended and chosen again: its apostrophes are no part of it.
  await team.chooseCsv(await file(result.name, result.text))
  await marie.sees('Ready: 1 · With a problem: 16')
  await team.uncheck('Nowhere')
  await marie.sees('Ready: 0 · With a problem: 17')
  expect(await preview()).toContainEqual([
    expect.any(String),
    '+sales@acme.example',
    FORMULA,
    'Technician',
    'Off',
    'Is invited already: resend or revoke that invitation',
  ])
  await marie.press('Cancel')
})

test('P2 F3 a French spreadsheet’s file: semicolons, byte order mark, quotes; the mails are in French', async () => {
  const before = mails.mails.length
  const lines = [
    'Adresse e-mail;Groupe;Administrateur;Vérification en deux étapes',
    'zoe@acme.example;"Équipe « Été »";oui;non',
    '"paul@acme.example";"Nuit; week-end|support";Faux;VRAI',
    'luc@acme.example;Support;peut-être;non',
  ]
  await team.view('All technicians')
  await team.chooseCsv(await file('techniciens.csv', `\ufeff${lines.join('\r\n')}\r\n`))
  await marie.sees('Ready: 2 · With a problem: 1')
  expect(await preview()).toEqual([
    ['4', 'luc@acme.example', 'Support', 'Technician', 'Off', '“peut-être” is neither yes nor no'],
    ['2', 'zoe@acme.example', 'Équipe « Été »', 'Admin', 'Off', 'Ready'],
    ['3', 'paul@acme.example', 'Nuit; week-end, support', 'Technician', 'Required', 'Ready'],
  ])
  await marie.choose('Français')
  await marie.confirm('Send invitations (2)')
  await marie.sees('Invited: 2')
  const rows = rowsOf(await download('Download the result (CSV)'))
  expect(rows).toContainEqual(['zoe@acme.example', 'Équipe « Été »', 'yes', 'no', 'Invited'])
  await marie.confirm('Close')
  await team.seesRow({ address: 'paul@acme.example', groups: 'Nuit; week-end, Support', twoStep: 'Required' })
  const mail = await mails.next('zoe@acme.example')
  expect(mail.subject).toBe('Marie Blanc vous invite dans l’équipe d’assistance de Acme IT Support')
  expect(mail.text).toContain('Accepter l’invitation')
  await mails.received(before + 2)
  expect(recipients(before).sort()).toEqual(['paul@acme.example', 'zoe@acme.example'])
})

test('P2 files that cannot be taken are refused as a whole, each with its reason', async () => {
  const people = (count: number) => Array.from({ length: count }, (_, at) => `many${at}@acme.example,Support,no,no`)
  await team.chooseCsv(await file('501.csv', ['address,group,admin,2FA', ...people(501)].join('\r\n')))
  await marie.sees('This file has 501 rows; at most 500 people can be added at once.')
  await marie.sees('Nothing was added.')
  await takeScreenshot(marie.page, 'technicians-csv-501')
  const refused: [string, string | Uint8Array, string][] = [
    ['people.xlsx', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0, 1, 2]), 'This is not a text file.'],
    ['empty.csv', 'address,group,admin,2FA\r\n', 'Nobody is in this file.'],
    ['no-address.csv', 'group,admin\r\nSupport,no\r\n', 'none of them is the e-mail address'],
    ['large.csv', 'x'.repeat(1024 * 1024 + 1), 'This file is too large'],
  ]
  for (const [name, content, sentence] of refused) {
    const input = await marie.page.$('dialog[open] input[type="file"]')
    await input?.uploadFile(await file(name, content))
    await marie.sees(sentence)
    await marie.confirm('Send invitations')
    await marie.sees('Choose a CSV file first.')
  }
  await marie.press('Cancel')
})

test('P1 P2 500 people are dropped as a file; each gets a mail with a link of their own', async () => {
  const before = mails.mails.length
  const addresses = Array.from({ length: 500 }, (_, at) => `person${at}@acme.example`)
  const lines = addresses.map((address, at) => `${address},${at % 2 ? 'Night watch' : 'Support'},no,no`)
  await marie.press('Add')
  await marie.choose('CSV file')
  await drop(marie.page, {
    file: await file('500.csv', ['address,group,admin,2FA', ...lines].join('\r\n')),
    over: '.csv-drop.over',
    whileHeld: () => takeScreenshot(marie.page, 'technicians-csv-drop'),
  })
  await marie.sees('Ready: 500 · With a problem: 0')
  await marie.confirm('Send invitations (500)')
  await marie.sees('Invited: 500')
  const rows = rowsOf(await download('Download the result (CSV)'))
  expect(rows.slice(1)).toEqual(
    addresses.map((address, at) => [address, at % 2 ? 'Night watch' : 'Support', 'no', 'no', 'Invited']),
  )
  await marie.confirm('Close')
  await mails.received(before + 500)
  const arrived = mails.mails.slice(before)
  expect(arrived.map(({ to }) => to).sort()).toEqual([...addresses].sort())
  expect(new Set(arrived.map(linkIn)).size).toBe(500)

  await marie.sees(/Invited\s*510/)
  await expect
    .poll(async () => (await team.rows()).filter(({ status }) => status === 'InvitedMail sent').length, {
      timeout: 30_000,
    })
    .toBe(510)
  await marie.fill('Search technicians', 'night person49')
  await expect.poll(async () => (await team.rows()).length).toBe(6)
  await takeScreenshot(marie.page, 'technicians-500')
})
