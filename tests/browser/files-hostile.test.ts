import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { fileBytesSent, watchFileLink } from '../support/file-link.ts'
import { chooseFiles, downloaded, makeFile } from '../support/files.ts'
import { launchFirefox } from '../support/launch.ts'
import { tamper } from '../support/link-double.ts'
import { person } from '../support/person.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { openTechnician, type Technician, toQueue } from '../support/technician.ts'

declare global {
  interface Window {
    /** simple-peer's own, of the connection that this page made last. */
    deskside_test_spare_channel?: RTCDataChannel
  }
}

const MB = 1024 * 1024
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
  await watchFileLink(technician.page)
  await technician.page.reload()
  const { link } = await technician.create('Rosa Lima', 'The driver is missing')
  customer = await openCustomer('about:blank', { signal })
  await tamper(customer.page)
  await customer.page.evaluateOnNewDocument(() => {
    const make = RTCPeerConnection.prototype.createDataChannel
    RTCPeerConnection.prototype.createDataChannel = function (label, options) {
      const channel = make.call(this, label, options)
      if (!options?.negotiated) window.deskside_test_spare_channel = channel
      return channel
    }
  })
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

const connections = () => technician.page.evaluate(() => window.deskside_test_file_connections?.length ?? 0)

test('S12 S13 after a reload of the customer’s page files go at once, as before', async () => {
  await chooseFiles(technician, 'Send files', [await make('before.bin', 2 * MB)])
  await customer.press('Accept')
  await technician.sees('Rosa Lima has it: 2.1 MB')
  await customer.page.reload()
  await customer.sees('connected')
  await chooseFiles(technician, 'Send files', [await make('after.bin', 3 * MB)])
  await customer.press('Accept')
  // An attempt that nobody answers takes half a minute.
  await technician.sees('Rosa Lima has it: 3.1 MB', 15_000)
})

test('S12 bytes beside the channel for them end the connection for files; the file arrives over the next one', async () => {
  await technician.choose('Files')
  await chooseFiles(customer, 'Send files', [await make('beside.bin', 40 * MB)])
  await technician.press('Accept')
  await technician.page.waitForSelector('progress')
  const made = await connections()
  const ended = technician.page.evaluate(async () => {
    const last = window.deskside_test_file_connections?.at(-1)
    while (last?.connectionState !== 'closed') await new Promise((resolve) => setTimeout(resolve, 20))
  })
  await customer.page.evaluate(() => {
    const channel = window.deskside_test_spare_channel
    const say = () => channel?.send(new Uint8Array(7))
    channel?.readyState === 'open' ? say() : channel?.addEventListener('open', say)
  })
  await ended
  await customer.sees('Marie Blanc has it: 42 MB', 30_000)
  expect(await connections()).toBeGreaterThan(made)
})

test('S12 folders that lie too deep in each other are refused with a sentence, and the session goes on', async () => {
  await make(path.join('deep', ...Array.from({ length: 90 }, () => 'a'), 'end.txt'), 10)
  await chooseFiles(customer, 'Send a folder', [path.join(folder, 'deep')])
  await customer.sees('lie too deep in folders')
  await chooseFiles(customer, 'Send files', [await make('shallow.bin', 1000)])
  await technician.sees('Rosa Lima wants to send you shallow.bin')
  await technician.press('Refuse')
})

test('S12 where there is no room to make one ZIP of what came, the person is told, and can save later', async () => {
  await chooseFiles(technician, 'Send files', [await make('one.bin', 8 * MB), await make('two.bin', 8 * MB)])
  await customer.press('Accept')
  await technician.sees('Rosa Lima has it: 17 MB')
  const session = await customer.page.createCDPSession()
  const { origin } = new URL(customer.page.url())
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 18 * MB })
  await customer.press('Save')
  await customer.sees('It could not be saved')
  await isAccessible(customer.page, 'files-not-saved')
  await session.send('Storage.overrideQuotaForOrigin', { origin })
  const zip = await downloaded(customer.page, () => customer.press('Save'))
  expect(zip.bytes.length).toBeGreaterThan(16 * MB)
  await session.detach()
})

test('S12 S13 while the server is away files arrive all the same, though the page has not loaded all of its code', async () => {
  await toQueue(technician)
  const { link } = await technician.create('Kim Solo', 'The server is old')
  const kim = await openCustomer(link, { signal })
  await technician.press(/.*Kim Solo.*/)
  await technician.press('Connect')
  await kim.sees('connected')
  await technician.choose('Files')
  const file = await make('alone.bin', 5 * MB)
  await server.restart(async () => {
    await chooseFiles(technician, 'Send files', [file])
    await kim.press('Accept')
    await technician.sees('Kim Solo has it: 5.2 MB')
  })
  const saved = await downloaded(kim.page, () => kim.press('Save'))
  expect(Buffer.compare(saved.bytes, await readFile(file))).toBe(0)
  await kim.browser.close()
})

test('S12 F2 in a private window of Firefox, which has no disk for a page, a file arrives too', async () => {
  const { browser } = await launchFirefox({
    args: ['--width=640', '--height=760'],
    preferences: { 'browser.privatebrowsing.autostart': true },
    signal,
  })
  const [page = await browser.newPage()] = await browser.pages()
  await toQueue(technician)
  const { link } = await technician.create('Ida Privat', 'Nothing is kept')
  await page.goto(link)
  const ida = person(page)
  await technician.press(/.*Ida Privat.*/)
  await technician.press('Connect')
  await ida.sees('connected')
  await technician.choose('Files')
  await chooseFiles(technician, 'Send files', [await make('private.bin', 5 * MB + 17)])
  await ida.press('Accept')
  await technician.sees('Ida Privat has it: 5.2 MB')
  expect(await page.evaluate(() => navigator.storage.getDirectory().then(() => 'a disk', String))).not.toBe('a disk')
  expect(await fileBytesSent(technician.page)).toBeGreaterThan(5 * MB)
})

test('S12 a tampered page that asks for connection after connection gets a few, and the desk goes on', async () => {
  await toQueue(technician)
  await technician.press(/.*Rosa Lima.*/)
  await technician.choose('Files')
  const file = await make('paused.bin', 30 * MB)
  const before = await connections()
  const flood = (from: number) =>
    customer.page.evaluate((first) => {
      for (let dial = first; dial < first + 200; dial += 1) {
        const signal = { type: 'offer', sdp: 'v=0' }
        window.deskside_test_say?.({ type: 'file-signal', dial, signal })
      }
    }, from)
  // Nothing is to be carried.
  await flood(1000)
  await chooseFiles(customer, 'Send files', [file])
  await technician.sees('Rosa Lima wants to send you paused.bin')
  expect(await connections()).toBe(before)
  await technician.press('Accept')
  await technician.page.waitForSelector('progress')
  await flood(2000)
  await vi.waitFor(async () => expect(await connections()).toBeGreaterThan(before + 10), { timeout: 10_000 })
  expect((await connections()) - before).toBeLessThan(60)
  await technician.press('Cancel')
})
