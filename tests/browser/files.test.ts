import { createHash, randomFillSync } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { chooseFiles, downloaded, dropOnFiles, hasCome } from '../support/files.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { openTechnician, type Technician, toQueue } from '../support/technician.ts'
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

/** A file of so many random bytes, or of this text. */
async function make(name: string, content: number | string): Promise<string> {
  const file = path.join(folder, name)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, typeof content === 'string' ? content : randomFillSync(new Uint8Array(content)))
  return file
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** The hashes of what is in a ZIP, by their paths. */
const inZip = (zip: Uint8Array) =>
  Object.fromEntries(zipEntries(zip).map(({ name, content }) => [name, hashOf(content())]))

test('S10 a file goes to the customer, who is asked before: it arrives as it was, and both sides know', async () => {
  const file = await make('driver-400.bin', 5_000_001)
  await technician.sees('Nothing was sent yet')
  await chooseFiles(technician, 'Send files', [file])
  await technician.sees('Rosa Lima is asked.')
  await customer.sees('Marie Blanc wants to send you driver-400.bin (5 MB).')
  await isAccessible(customer.page, 'files-offer')
  await customer.press('Accept')
  await customer.sees('Complete: 5 MB')
  await technician.sees('Rosa Lima has it: 5 MB')
  await isAccessible(technician.page, 'files-desk')
  const saved = await downloaded(customer.page, () => customer.press('Save'))
  expect(saved.name).toBe('driver-400.bin')
  expect(hashOf(saved.bytes)).toBe(hashOf(await readFile(file)))
})

test('S10 what is not accepted does not come, and what is cancelled stops on both sides', async () => {
  await chooseFiles(technician, 'Send files', [await make('unwanted.txt', 'no')])
  await customer.sees('wants to send you unwanted.txt')
  await customer.press('Refuse')
  await technician.sees('Rosa Lima does not want it. Nothing was sent.')

  await chooseFiles(technician, 'Send files', [await make('large.bin', 200_000_000)])
  await customer.sees('wants to send you large.bin (200 MB)')
  await customer.press('Accept')
  await technician.press('Pause')
  await customer.sees('paused by Marie Blanc')
  await technician.press('Go on')
  await customer.seesNot('paused by Marie Blanc')
  await customer.press('Pause')
  await technician.sees('paused by Rosa Lima')
  await customer.sees(/ of 200 MB · paused\n/)
  await customer.press('Go on')
  await technician.seesNot('paused by Rosa Lima')
  const rate = /MB of 200 MB · [\d.]+ [kM]B each second, \d+ (?:sec|min) left/
  await Promise.all([technician.sees(rate), customer.sees(rate)])
  await customer.press('Cancel')
  await technician.sees('Rosa Lima cancelled.')
  await customer.sees('Cancelled. Files that were complete are kept.')

  await chooseFiles(technician, 'Send files', [await make('taken-back.bin', 200_000_000)])
  await customer.sees('wants to send you taken-back.bin (200 MB)')
  await customer.press('Accept')
  await hasCome(customer.page, 1_000_000)
  await technician.press('Cancel')
  await customer.sees('Marie Blanc cancelled. Files that were complete are kept.')
  await technician.sees('Cancelled. Files that were complete are kept.')
})

test('S12 two transfers at once share the way: when one is at its half the other is not far behind', async () => {
  for (const name of ['one.bin', 'two.bin']) {
    await chooseFiles(technician, 'Send files', [await make(name, 60_000_000)])
    await customer.sees(`wants to send you ${name}`)
  }
  await customer.press('Accept')
  await customer.press('Accept')
  const shares = await customer.page.waitForFunction(
    () => {
      const all = [...document.querySelectorAll('progress')].map(({ value, max }) => value / max)
      return all.length === 2 && Math.max(...all) >= 0.5 && all
    },
    { polling: 50, timeout: 60_000 },
  )
  expect(Math.min(...((await shares.jsonValue()) || [0]))).toBeGreaterThan(0.3)
  await customer.press('Cancel')
  await customer.press('Cancel')
})

test('S12 the customer sends several at once, and a folder with all that is in it', async () => {
  const files = [await make('a.txt', 'first'), await make('empty.txt', ''), await make('b.bin', 3_000_000)]
  await chooseFiles(customer, 'Send files', files)
  await technician.sees('Rosa Lima wants to send you a.txt and 2 more (3 MB).')
  await technician.press('Accept')
  await customer.sees('Marie Blanc has it: 3 MB')
  const zip = await downloaded(technician.page, () => technician.press('Save'))
  expect(zip.name).toBe('a.txt and 2 more.zip')
  expect(inZip(zip.bytes)).toEqual({
    'a.txt': hashOf(Buffer.from('first')),
    'empty.txt': hashOf(Buffer.of()),
    'b.bin': hashOf(await readFile(files[2] ?? '')),
  })

  const photos = {
    'photos/one.jpg': hashOf(await readFile(await make('photos/one.jpg', 100_000))),
    'photos/deep/two.jpg': hashOf(await readFile(await make('photos/deep/two.jpg', 200_000))),
  }
  await chooseFiles(customer, 'Send a folder', [path.join(folder, 'photos')])
  await technician.sees('wants to send you photos (folder, 2 files)')
  await technician.press('Accept')
  await customer.sees('Marie Blanc has it: 300 kB')
  await technician.sees('Complete: 300 kB')
  // The newest is on top.
  const saved = await downloaded(technician.page, () => technician.press('Save'))
  expect(inZip(saved.bytes)).toEqual(photos)
})

test('S12 a file that is dropped on the files is offered', async () => {
  await dropOnFiles(customer.page, await make('dropped.txt', 'dropped'))
  await technician.sees('Rosa Lima wants to send you dropped.txt (7 bytes).')
  await technician.press('Refuse')
  await customer.sees('Marie Blanc does not want it. Nothing was sent.')
})

test('S12 at the desk too: a file is dropped, a picture is pasted', async () => {
  await technician.page.bringToFront()
  await dropOnFiles(technician.page, await make('dropped-here.txt', 'dropped at the desk'))
  await customer.sees('Marie Blanc wants to send you dropped-here.txt (19 bytes).')
  await customer.press('Refuse')
  await technician.sees('Rosa Lima does not want it. Nothing was sent.')
  for (const [from, to] of [
    [technician, customer],
    [customer, technician],
  ] as const) {
    await copyPicture(from.page)
    await from.page.focus('::-p-aria([role="button"][name="Send files"])')
    await from.page.keyboard.down('Control')
    await from.page.keyboard.press('V')
    await from.page.keyboard.up('Control')
    await to.sees(/wants to send you image\.png/)
    await to.press('Refuse')
    await to.seesNot('wants to send you image.png')
  }
})

/** Puts a picture on the clipboard, as a person does who copies one. */
async function copyPicture(page: Technician['page']) {
  await page.bringToFront()
  const session = await page.createCDPSession()
  const grant = {
    permission: { name: 'clipboard-write', allowWithoutSanitization: false },
    setting: 'granted',
  } as const
  await session.send('Browser.setPermission', { ...grant, origin: await page.evaluate(() => origin) })
  await session.detach()
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(8, 8)
    canvas.getContext('2d')?.fillRect(0, 0, 8, 8)
    const picture = await canvas.convertToBlob({ type: 'image/png' })
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })])
  })
}

test('S10 the success message leads to the summary of all transfers, which stays with the ticket', async () => {
  await technician.choose('Chat')
  while ((await technician.read()).includes('Dismiss')) await technician.press('Dismiss')
  await chooseFiles(customer, 'Send files', [await make('log.txt', 'what happened')])
  // Whatever part of the ticket is open.
  await technician.sees('Rosa Lima wants to send you log.txt (13 bytes).')
  await technician.press('Accept')
  await technician.sees(/log\.txt\s*Complete: 13 bytes/)
  await customer.sees(/log\.txt\s*Marie Blanc has it: 13 bytes/)
  await isAccessible(technician.page, 'files-complete')
  await technician.press('All transfers')
  await technician.sees(/driver-400\.bin\s*to Rosa Lima\s*5 MB\s*Rosa Lima has it: 5 MB/)
  await technician.sees(/unwanted\.txt\s*to Rosa Lima\s*2 bytes\s*Rosa Lima does not want it/)
  await technician.sees(/log\.txt\s*from Rosa Lima\s*13 bytes\s*Complete/)
  await isAccessible(technician.page, 'files-summary')
  await technician.confirm('Close')
  await customer.press('All transfers')
  await customer.sees(/log\.txt\s*to Marie Blanc\s*13 bytes\s*Marie Blanc has it/)
  await isAccessible(customer.page, 'files-summary-customer')
  await customer.page.setViewport({ width: 390, height: 800 })
  await isAccessible(customer.page, 'files-summary-narrow')
  await customer.confirm('Close')
  await customer.press('Français')
  await isAccessible(customer.page, 'files-customer-narrow-french')
  await customer.press('English')

  await technician.press('End session')
  await technician.confirm('End session')
  await technician.page.reload()
  await toQueue(technician)
  await technician.press(/.*Rosa Lima.*/)
  await technician.choose('Files')
  await technician.press('All transfers')
  await technician.sees(/log\.txt\s*from Rosa Lima\s*13 bytes\s*Complete/)
})
