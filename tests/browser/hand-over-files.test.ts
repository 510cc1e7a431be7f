import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { chooseFiles, hasCome, makeFile } from '../support/files.ts'
import type { MailServer } from '../support/mail-server.ts'
import { inPickedFolder, willPickOwn } from '../support/picked-folder.ts'
import { type Technician, toQueue } from '../support/technician.ts'
import { openTwoDesks } from '../support/two-desks.ts'

const MB = 1_000_000
const STOPPED = 'Stopped: somebody else helps now. Files that were complete are kept.'

const over = new AbortController()
const { signal } = over
let mail: MailServer
let marie: Technician
let grace: Technician
let customer: Customer
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'deskside-hand-over-'))
  ;({ mail, marie, grace } = await openTwoDesks(signal))
  await toQueue(grace)
  await toQueue(marie)
  const { link } = await marie.create('Rosa Lima', 'The driver is missing')
  customer = await openCustomer(link, { signal })
  await customer.sees('connected')
  await marie.press(/.*Rosa Lima.*/)
  await marie.press('Connect')
  await marie.choose('Files')
})
afterAll(async () => {
  over.abort()
  await mail.close()
  await rm(folder, { recursive: true, force: true })
})

test('S10 S19 handed over in the middle of transfers: both ways end by name on every side, and nothing half-written has its name', async () => {
  const small = await makeFile(folder, 'small.bin', MB)
  const large = await makeFile(folder, 'large.bin', 500 * MB)
  const coming = await makeFile(folder, 'coming.bin', 500 * MB)
  await willPickOwn(customer.page)
  await chooseFiles(marie, 'Send files', [small, large])
  await customer.sees('wants to send you small.bin and 1 more')
  await chooseFiles(customer, 'Send files', [coming])
  await marie.sees('Rosa Lima wants to send you coming.bin')
  await customer.press('Accept into a folder…')
  await marie.press('Accept')
  await hasCome(customer.page, 2 * MB)
  await marie.press('Hand over')
  await marie.pick('Assignee', 'Grace Hopper')
  await marie.confirm('Assign')
  await customer.sees(new RegExp(`coming\\.bin\\s*${STOPPED}[\\s\\S]*small\\.bin and 1 more\\s*${STOPPED}`))
  await vi.waitFor(async () => expect(await inPickedFolder(customer.page)).toEqual({ 'small.bin': MB }), 20_000)
  await customer.sees(/Earlier \(\d\)/)
  await customer.press(/Earlier \(\d\)/)
  await customer.sees(/File · .*It ended when somebody else took over from Marie Blanc\./)
  await customer.press('All transfers')
  await customer.sees(new RegExp(`small\\.bin and 1 more\\s*from .*\\s*501 MB\\s*${STOPPED}`))
  await isAccessible(customer.page, 'hand-over-files-customer')
  await customer.confirm('Close')
  await customer.press('Français')
  await customer.page.setViewport({ width: 390, height: 780 })
  await customer.sees('une autre personne')
  expect(await leftInEnglish(customer.page)).toEqual([])
  await isAccessible(customer.page, 'hand-over-files-french-narrow')
  await customer.press('English')
  await customer.page.setViewport({ width: 760, height: 900 })
})

test('S10 S19 the summary stays with the ticket, for who let go and for who goes on; files go again with the colleague', async () => {
  await toQueue(grace)
  await grace.press(/.*Rosa Lima.*/)
  for (const desk of [marie, grace]) {
    await desk.choose('Files')
    await desk.press('All transfers')
    await desk.sees(new RegExp(`small\\.bin and 1 more\\s*to Rosa Lima\\s*501 MB\\s*${STOPPED}`))
    await desk.sees(new RegExp(`coming\\.bin\\s*from Rosa Lima\\s*500 MB\\s*${STOPPED}`))
    await isAccessible(desk.page, desk === marie ? 'hand-over-files-before' : 'hand-over-files-after')
    await desk.confirm('Close')
  }
  await grace.press('Connect')
  await customer.sees('Grace Hopper is helping you')
  await grace.choose('Files')
  await chooseFiles(grace, 'Send files', [path.join(folder, 'small.bin'), await makeFile(folder, 'more.bin', MB)])
  await customer.sees('Grace Hopper wants to send you small.bin and 1 more')
  await customer.press('Accept into a folder…')
  await grace.sees('Rosa Lima has it: 2 MB')
  expect(await inPickedFolder(customer.page)).toEqual({
    'small.bin': MB,
    'small (2).bin': MB,
    'more.bin': MB,
  })
})
