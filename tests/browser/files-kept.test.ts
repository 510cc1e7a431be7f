import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'puppeteer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { chooseFiles, downloaded, hasCome, makeFile } from '../support/files.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician, type Technician } from '../support/technician.ts'

const MB = 1_000_000

const over = new AbortController()
const { signal } = over
let technician: Technician
let customer: Customer
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'deskside-kept-'))
  const server = await startTestServer({ signal })
  technician = await openTechnician(server.setupLink, { signal })
  const { link } = await technician.create('Rosa Lima', 'The driver is missing')
  customer = await openCustomer(link, { signal })
  await customer.sees('connected')
  await technician.press(/.*Rosa Lima.*/)
  await technician.press('Connect')
  await technician.choose('Files')
})
afterAll(async () => {
  over.abort()
  await rm(folder, { recursive: true, force: true })
})

/** Loads the page anew. @returns whether the browser asked before */
async function reloaded(page: Page): Promise<boolean> {
  let asked = false
  const note = () => {
    asked = true
  }
  page.on('dialog', note)
  await page.reload()
  page.off('dialog', note)
  return asked
}

test('S12 what was complete when a transfer was cancelled is saved all the same', async () => {
  const small = await makeFile(folder, 'small.bin', 2 * MB)
  await chooseFiles(technician, 'Send files', [small, await makeFile(folder, 'large.bin', 300 * MB)])
  await customer.sees('wants to send you small.bin and 1 more')
  await customer.press('Accept')
  await hasCome(customer.page, 10 * MB)
  await technician.press('Cancel')
  await technician.sees('Cancelled. Files that were complete are kept.')
  await customer.sees('Marie Blanc cancelled. Files that were complete are kept.')
  await isAccessible(customer.page, 'files-cancelled-customer')
  const saved = await downloaded(customer.page, () => customer.press('Save'))
  expect(saved.name).toBe('small.bin')
  expect(Buffer.compare(saved.bytes, await readFile(small))).toBe(0)
})

test('S10 S12 the page of either side is not left without a question while files on it were not saved', async () => {
  expect(await reloaded(customer.page), 'all was saved').toBe(false)
  await customer.sees('connected')
  await chooseFiles(technician, 'Send files', [await makeFile(folder, 'unsaved.bin', MB)])
  await customer.press('Accept')
  await technician.sees('Rosa Lima has it: 1 MB')
  expect(await reloaded(customer.page)).toBe(true)
  await customer.sees('connected')
  await chooseFiles(customer, 'Send files', [path.join(folder, 'unsaved.bin')])
  await technician.press('Accept')
  await customer.sees('Marie Blanc has it: 1 MB')
  await technician.press('End session')
  await technician.confirm('End session')
  await customer.sees('Marie Blanc ended the session')
  expect(await reloaded(technician.page)).toBe(true)
})

/** The customer sends, and the desk goes while it comes. It is asked again. */
async function sendOverReload(file: string) {
  await chooseFiles(customer, 'Send files', [file])
  await technician.press('Accept')
  await hasCome(technician.page, 2 * MB)
  await technician.page.reload()
  await technician.sees(`Rosa Lima wants to send you ${path.basename(file)}`)
  await technician.choose('Files')
}

test('S12 S13 the desk is loaded anew while files come: it is asked again, its no is heard, and a yes goes on at once', async () => {
  await customer.press('Connect again')
  await customer.sees('connected')
  await technician.choose('Files')
  const large = await makeFile(folder, 'from-rosa.bin', 300 * MB)
  await sendOverReload(large)
  await technician.press('Refuse')
  await customer.sees('Marie Blanc does not want it.')
  await sendOverReload(large)
  await customer.sees('goes on as soon as the connection is back')
  await technician.press('Accept')
  // An attempt that nobody answered would be waited for: half a minute.
  await hasCome(technician.page, 1, 15_000)
  await technician.press('Cancel')
})
