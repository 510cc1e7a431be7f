import { createHash, randomFillSync } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { downloaded } from '../support/files.ts'
import { say, tamper } from '../support/link-double.ts'
import { hasNoPicker, willPick, willPickNone } from '../support/real-folder.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { openTechnician, type Technician, toQueue } from '../support/technician.ts'
import { zipEntries } from '../support/zip.ts'

const over = new AbortController()
const { signal } = over
let server: TestServer
let technician: Technician
let customer: Customer
let root: string
let documents: string

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'deskside-folder-'))
  documents = path.join(root, 'Documents')
  await make('outside.txt', 'not for anybody')
  await make('Documents/notes.txt', 'hello')
  await make('Documents/report 10.txt', 'ten')
  await make('Documents/report 2.txt', 'the second')
  await make('Documents/photos/one.jpg', 3_000_000)
  await make('Documents/photos/deep/two.jpg', 100_000)
  await mkdir(path.join(documents, 'photos/to sort'), { recursive: true })
  await make('Documents/films/long.mp4', 300_000_000)
  await make('Documents/films/gone.mp4', 100)
  await utimes(path.join(documents, 'notes.txt'), new Date('2021-05-06T10:00:00Z'), new Date('2021-05-06T10:00:00Z'))
  await utimes(path.join(documents, 'report 2.txt'), new Date('2020-02-03T10:00:00Z'), new Date('2020-02-03T10:00:00Z'))
  await symlink(path.join(root, 'outside.txt'), path.join(documents, 'way-out.txt'))
  await symlink(root, path.join(documents, 'way-up'))
  server = await startTestServer({ signal })
  technician = await openTechnician(server.setupLink, { signal })
  await tamper(technician.page)
  await technician.page.reload()
  customer = await meet('Rosa Lima')
}, 60_000)
afterAll(async () => {
  over.abort()
  await rm(root, { recursive: true, force: true })
})

async function make(name: string, content: number | string): Promise<void> {
  const file = path.join(root, name)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, typeof content === 'string' ? content : randomFillSync(new Uint8Array(content)))
}

async function meet(name: string, prepare?: (customer: Customer) => Promise<unknown>): Promise<Customer> {
  await toQueue(technician)
  const { link } = await technician.create(name, 'Something is missing')
  const opened = await openCustomer('about:blank', { signal })
  await prepare?.(opened)
  await opened.page.goto(link)
  await technician.press(new RegExp(`.*${name}.*`))
  await technician.press('Connect')
  // One question at a time: the one for the screen comes first.
  await opened.press('Not now')
  await technician.choose('Files')
  return opened
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

test('S11 the technician asks; the customer refuses, and nothing is there', async () => {
  await technician.sees('Ask Rosa Lima for a folder.')
  await technician.press('Request access')
  await technician.sees('Rosa Lima is asked to pick a folder.')
  await customer.sees('Marie Blanc asks to look into a folder')
  await isAccessible(customer.page, 'folder-asked')
  await willPickNone(customer.page)
  await customer.press('Choose a folder…')
  await customer.sees('Marie Blanc asks to look into a folder')
  await customer.press('Do not allow')
  await technician.sees('Rosa Lima did not allow it.')
})

test('S11 the customer picks a folder: its tree opens step by step, is sorted and searched, and what is ticked comes', async () => {
  await technician.press('Request access')
  await willPick(customer.page, documents)
  await customer.press('Choose a folder…')
  await customer.sees(/What you allow\s*Folder: Documents\s*Marie Blanc/)
  await technician.sees('Allowed: Folder: Documents')
  await technician.sees('Documents is shared with you')
  await technician.sees(/films\s*photos\s*notes\.txt\s*5 bytes/)
  await technician.sees(/report 2\.txt[\s\S]*report 10\.txt/)
  // Links that lead out of the folder are not in it.
  await technician.seesNot('way-')
  await technician.press('photos')
  await technician.sees(/photos[\s\S]*deep[\s\S]*one\.jpg\s*3 MB/)
  await isAccessible(technician.page, 'folder-tree')
  await technician.pick('Sort by', 'Size')
  await technician.sees(/report 2\.txt[\s\S]*notes\.txt[\s\S]*report 10\.txt/)
  await technician.pick('Sort by', 'Date')
  await technician.sees(/report 10\.txt[\s\S]*notes\.txt[\s\S]*report 2\.txt\s*10 bytes\s*Feb 3, 2020, \d+:00\s[AP]M/)
  await technician.fill('Search by name', 'one')
  await technician.sees('Only what was opened so far is searched.')
  await technician.seesNot('notes.txt')
  await technician.tick('Choose one.jpg')
  await technician.sees('1 chosen, 3 MB')
  const saved = await (async () => {
    await technician.press('Download')
    await technician.sees('Complete: 3 MB')
    return downloaded(technician.page, () => technician.press('Save'))
  })()
  expect(saved.name).toBe('one.jpg')
  expect(hashOf(saved.bytes)).toBe(hashOf(await readFile(path.join(documents, 'photos/one.jpg'))))
  await customer.sees('Marie Blanc has it: 3 MB')
})

test('S11 a folder comes with all that is in it; a file that is gone is named, and the others come', async () => {
  await technician.fill('Search by name', '')
  await technician.tick('Choose photos')
  await technician.sees('1 chosen, folders with all that is in them')
  await technician.press('films')
  await technician.tick('Choose gone.mp4')
  await rm(path.join(documents, 'films/gone.mp4'))
  await technician.press('Download')
  await technician.sees('2 of 3 files are complete and checked')
  await technician.sees('gone.mp4: it was changed or could not be read')
  const zip = await downloaded(technician.page, () => technician.press('Save'))
  const came = zipEntries(zip.bytes).map(({ name, content }) => [name, hashOf(content())])
  const wanted = ['photos/one.jpg', 'photos/deep/two.jpg'].map(async (name) => {
    return [name, hashOf(await readFile(path.join(documents, name)))]
  })
  expect(Object.fromEntries(came)).toEqual({
    ...Object.fromEntries(await Promise.all(wanted)),
    'photos/to sort/': hashOf(Buffer.of()),
  })
})

test('S11 a desk that makes up ids, paths and permissions gets nothing, and the session goes on', async () => {
  const heard = () =>
    technician.page.evaluate(
      () => window.deskside_test_heard?.filter(({ type }) => type === 'folder-failed').length ?? 0,
    )
  const made = 'A'.repeat(22)
  const consent = await technician.page.evaluate(
    () =>
      window.deskside_test_heard?.flatMap((message) =>
        message.type === 'consent' && 'consent' in message ? [JSON.stringify(message.consent)] : [],
      ) ?? [],
  )
  const granted = consent.map((text) => JSON.parse(text)).findLast(({ what }) => what === 'folder')
  const before = await heard()
  for (const message of [
    { type: 'folder-list', consent: made },
    { type: 'folder-list', consent: granted.id, entry: made },
    { type: 'folder-fetch', consent: granted.id, fetch: made, entries: [made] },
    { type: 'folder-fetch', consent: made, fetch: made, entries: [made] },
  ]) {
    await say(technician.page, message)
  }
  await technician.page.waitForFunction(
    (count) => (window.deskside_test_heard?.filter(({ type }) => type === 'folder-failed').length ?? 0) === count,
    { polling: 100, timeout: 10_000 },
    before + 4,
  )
  await customer.sees('connected')
})

test('S11 what is taken back stops in the middle, and nothing of it can be reached any more', async () => {
  await technician.tick('Choose long.mp4')
  await technician.press('Download')
  await technician.sees(/of 300 MB/)
  await customer.press('Stop: Folder')
  await technician.sees('Stopped: Rosa Lima does not share the folder any more.')
  await customer.sees('Stopped: the folder is not shared any more.')
  await technician.sees('Rosa Lima does not share the folder any more.')
  await technician.seesNot('notes.txt')
  await technician.sees('Request access')
})

test('S11 a path is no id: a desk that says one is cut off', async () => {
  await say(technician.page, { type: 'folder-list', consent: 'A'.repeat(22), entry: '../../etc' })
  await technician.sees(/Reconnecting|not understood|Connect/)
  await customer.browser.close()
})

test('S11 in a browser without a picker the customer chooses a folder as a page asks for files', async () => {
  const other = await meet('Ana Souza', ({ page }) => hasNoPicker(page))
  await technician.press('Request access')
  const [chooser] = await Promise.all([other.page.waitForFileChooser(), other.press('Choose a folder…')])
  await chooser.accept([path.join(documents, 'photos')])
  await technician.sees('photos is shared with you')
  await technician.press('deep')
  await technician.tick('Choose two.jpg')
  await technician.press('Download')
  await technician.sees('Complete: 100 kB')
  const saved = await downloaded(technician.page, () => technician.press('Save'))
  expect(hashOf(saved.bytes)).toBe(hashOf(await readFile(path.join(documents, 'photos/deep/two.jpg'))))
  await technician.press('Give up')
  await technician.sees('The folder is not shared any more.')
  await other.sees(/What you allow\s*Nothing at the moment\./)
})
