import { createHash } from 'node:crypto'
import { linkSync, mkdirSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, truncate, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { CDPSession, Page } from 'puppeteer'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { cutFileLink, fileBytesSent, watchFileLink } from '../support/file-link.ts'
import { chooseFiles, downloaded, dropOnFiles, hasCome, makeFile } from '../support/files.ts'
import { emptyInPickedFolder, inPickedFolder, watchPickedFolder, willPickOwn } from '../support/picked-folder.ts'
import { takeScreenshot } from '../support/screenshot.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { openTechnician, type Technician } from '../support/technician.ts'
import { zipEntries } from '../support/zip.ts'

const over = new AbortController()
const { signal } = over
let server: TestServer
let technician: Technician
let customer: Customer
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'deskside-files-'))
  server = await startTestServer({ signal })
  technician = await openTechnician(server.setupLink, { signal })
  const { link } = await technician.create('Rosa Lima', 'The driver is missing')
  await watchFileLink(technician.page)
  await technician.page.reload()
  customer = await openCustomer('about:blank', { signal })
  await watchFileLink(customer.page)
  await customer.page.goto(link)
  await technician.press(/.*Rosa Lima.*/)
  await technician.press('Connect')
  await customer.sees('connected')
  await technician.choose('Files')
}, 60_000)
afterAll(async () => {
  over.abort()
  await rm(folder, { recursive: true, force: true })
})

const make = (name: string, bytes: number) => makeFile(folder, name, bytes)

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const MB = 1_000_000

test('S12 256 MB through 20 cuts: the same bytes at the other end, and at most one in a hundred sent again', async () => {
  const size = 256 * MB
  const file = await make('disk.img', size)
  await chooseFiles(technician, 'Send files', [file])
  await customer.press('Accept')
  for (let cut = 1; cut <= 20; cut += 1) {
    await hasCome(customer.page, cut * 12 * MB)
    // Now from one side, now from the other.
    await cutFileLink(cut % 2 ? customer.page : technician.page)
  }
  await technician.sees('Rosa Lima has it: 256 MB', 120_000)
  const sent = await fileBytesSent(technician.page)
  const saved = await downloaded(customer.page, () => customer.press('Save'))
  expect(hashOf(saved.bytes)).toBe(hashOf(await readFile(file)))
  expect(sent / size).toBeLessThan(1.01)
}, 240_000)

test('S12 a file that is changed or removed while it is read is named, and the others come', async () => {
  const changed = await make('changed.bin', 120 * MB)
  const removed = await make('removed.bin', 40 * MB)
  const kept = await make('kept.bin', 3 * MB)
  await chooseFiles(technician, 'Send files', [changed, removed, kept])
  await customer.press('Accept')
  await hasCome(customer.page, 10 * MB)
  await truncate(changed, 20 * MB)
  await unlink(removed)
  await customer.sees('1 of 3 files are complete and checked')
  await customer.sees('changed.bin: it was changed or could not be read')
  await customer.sees('removed.bin: it was changed or could not be read')
  await technician.sees('1 of 3 files are complete and checked')
  const saved = await downloaded(customer.page, () => customer.press('Save'))
  expect(saved.name).toBe('kept.bin')
  expect(hashOf(saved.bytes)).toBe(hashOf(await readFile(kept)))
})

/** As if the disk had only so many bytes left. */
function setQuota(session: CDPSession, page: Page, quotaSize?: number) {
  const { origin } = new URL(page.url())
  return session.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize !== undefined && { quotaSize }) })
}

test('S12 a disk that is full: refused before it begins where that is known, ended clearly where it is not', async () => {
  const file = await make('image.iso', 150 * MB)
  const session = await customer.page.createCDPSession()
  // Chromium tells pages 10 GB, however little there is: others tell what they have.
  await customer.page.evaluate((quota) => {
    navigator.storage.estimate = async () => ({ quota, usage: 0 })
  }, 20 * MB)
  await chooseFiles(technician, 'Send files', [file])
  await customer.press('Accept')
  await technician.sees('The receiving browser has no room for it. Nothing was sent.')
  await customer.page.evaluate(() => Reflect.deleteProperty(navigator.storage, 'estimate'))
  await chooseFiles(technician, 'Send files', [file])
  await customer.press('Accept')
  await hasCome(customer.page, 5 * MB)
  await setQuota(session, customer.page, 20 * MB)
  await customer.sees('the receiving disk is full')
  await technician.sees('the receiving disk is full')
  await setQuota(session, customer.page)
  await session.detach()
})

const HOSTILE = [
  'con.txt',
  'aux',
  'a\u202Efdp.exe',
  'back\\slash.txt',
  'what?.txt',
  'new\nline.txt',
  'trailing. ',
  'COM1.log',
]
const HARMLESS = [
  '_con.txt',
  '_aux',
  'a_fdp.exe',
  'back/slash.txt',
  'what_.txt',
  'new_line.txt',
  'trailing',
  '_COM1.log',
]

test('S12 hostile names, in both directions: what is saved is harmless', async () => {
  for (const name of [...HOSTILE, 'x'.repeat(250)]) await make(path.join('hostile', name), 10)
  for (const [from, to] of [
    [technician, customer],
    [customer, technician],
  ] as const) {
    await chooseFiles(from, 'Send a folder', [path.join(folder, 'hostile')])
    await to.press('Accept')
    await to.sees('Complete: 90 byte')
    const zip = await downloaded(to.page, () => to.press('Save'))
    const names = zipEntries(zip.bytes).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(HARMLESS.map((name) => `hostile/${name}`)))
    expect(names).toHaveLength(HOSTILE.length + 1)
    expect(names.filter((name) => name.length > 'hostile/'.length + 200)).toEqual([])
  }
})

test('S12 ten thousand small files arrive, each once', async () => {
  const many = path.join(folder, 'many')
  await mkdir(many)
  for (let index = 0; index < 10_000; index += 1) await writeFile(path.join(many, `${index}.txt`), `file ${index}`)
  await chooseFiles(customer, 'Send a folder', [many])
  await technician.sees('many (folder, 10000 files)')
  await technician.press('Accept')
  await customer.sees('Marie Blanc has it: 89 kB', 120_000)
  const zip = await downloaded(technician.page, () => technician.press('Save'))
  expect(new Set(zipEntries(zip.bytes).map(({ name }) => name)).size).toBe(10_000)
  expect(zip.text).toContain('file 9999')
}, 180_000)

test('S12 into a folder: nothing is under its name before it is whole, and what is there stays', async () => {
  await willPickOwn(customer.page)
  const files = [await make('one.bin', 2 * MB), await make('two.bin', 150 * MB)]
  await chooseFiles(technician, 'Send files', files)
  await customer.press('Accept into a folder…')
  await hasCome(customer.page, 5 * MB)
  const during = Object.keys(await inPickedFolder(customer.page))
  expect(during).toEqual(expect.arrayContaining(['one.bin', 'two.bin.part']))
  expect(during).not.toContain('two.bin')
  await customer.press('Cancel')
  await technician.sees('Rosa Lima cancelled. Files that were complete are kept.')
  await vi.waitFor(async () => expect(await inPickedFolder(customer.page)).toEqual({ 'one.bin': 2 * MB }), {
    timeout: 20_000,
  })

  await chooseFiles(technician, 'Send files', [files[0] ?? '', await make('three.bin', 40 * MB)])
  // Where a browser cannot give a file its name afterwards it is written again: not seen under its name before all of it is there.
  await customer.page.evaluate(() => Reflect.deleteProperty(FileSystemFileHandle.prototype, 'move'))
  const watched = await watchPickedFolder(customer.page)
  await customer.press('Accept into a folder…')
  await technician.sees('Rosa Lima has it: 42 MB', 60_000)
  const whole = { 'one.bin': 2 * MB, 'one (2).bin': 2 * MB, 'three.bin': 40 * MB }
  expect(await inPickedFolder(customer.page)).toEqual(whole)
  const names = Object.entries(whole).map(([name, size]) => `${name} ${size}`)
  const copying = (await watched()).filter((sight) => sight.includes('three.bin.crswap'))
  expect(copying.length, 'times that it was seen while it was copied').toBeGreaterThan(0)
  const underTheirNames = copying
    .join(', ')
    .split(', ')
    .filter((file) => !/\.(part|crswap) /.test(file))
  expect(underTheirNames.filter((file) => !names.includes(file))).toEqual([])
})

test('S12 a dropped folder keeps its empty folders: in the ZIP that is saved, and in a folder that was picked', async () => {
  await make('project/notes.txt', 5)
  await make('project/old/older.txt', 5)
  for (const empty of ['project/empty', 'project/old/con', 'project/deep/deeper']) {
    await mkdir(path.join(folder, empty), { recursive: true })
  }
  await dropOnFiles(technician.page, path.join(folder, 'project'))
  await customer.sees('Marie Blanc wants to send you project (folder, 2 files)')
  await customer.press('Show the 2 names')
  await customer.sees('and empty folders: 3')
  await customer.press('Accept')
  await customer.sees('Complete: 10 bytes')
  const zip = await downloaded(customer.page, () => customer.press('Save'))
  const names = zipEntries(zip.bytes).map(({ name }) => name)
  const wanted = ['project/empty/', 'project/old/_con/', 'project/deep/deeper/']
  expect(names.sort()).toEqual([...wanted, 'project/notes.txt', 'project/old/older.txt'].sort())

  await willPickOwn(customer.page)
  await dropOnFiles(technician.page, path.join(folder, 'project'))
  await customer.press('Accept into a folder…')
  const made = ['project/deep/deeper', 'project/empty', 'project/old/_con']
  await vi.waitFor(async () => expect(await emptyInPickedFolder(customer.page)).toEqual(made), 20_000)
})

test('S12 a dropped folder with more files than go at once: read with progress, cancelled, and stopped at the limit', async () => {
  const huge = path.join(folder, 'huge')
  const sources = await Promise.all([1, 2, 3, 4].map((number) => make(`source ${number}`, 10)))
  mkdirSync(huge)
  // Other names of the same files are made much sooner than files.
  const name = (index: number) => linkSync(sources[index % 4] ?? '', path.join(huge, `${index}`))
  for (let index = 0; index < 60_000; index += 1) name(index)
  await dropOnFiles(technician.page, huge)
  await technician.sees(/Reading the folder… Files so far: [1-9]/)
  await takeScreenshot(technician.page, 'files-reading')
  await technician.press('Cancel')
  await technician.seesNot('Reading the folder')
  for (let index = 60_000; index <= 100_000; index += 1) name(index)
  await dropOnFiles(technician.page, huge)
  await technician.sees('There are more than 100,000 files in it, and no more go at once.', 60_000)
  await technician.sees('pack it into one ZIP file and send that.')
  await technician.seesNot('Reading the folder')
  await isAccessible(technician.page, 'files-endless')
  expect(await customer.read()).not.toContain('huge')
  await customer.press('Français')
  await customer.page.setViewport({ width: 390, height: 800 })
  await dropOnFiles(customer.page, huge, 'Fichiers')
  await customer.sees(/plus de 100\s000 fichiers/, 60_000)
  await customer.sees('mettez-le dans un seul fichier ZIP')
  expect(await leftInEnglish(customer.page)).toEqual([])
  await isAccessible(customer.page, 'files-endless-french-narrow')
}, 180_000)
