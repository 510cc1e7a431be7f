import { randomFillSync } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openCustomer } from '../support/customer.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
afterAll(() => over.abort())

test('S10 S12 files and small ones by the hundred go to a customer in Firefox, byte for byte', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskside-firefox-'))
  try {
    const server = await startTestServer({ signal })
    const technician = await openTechnician(server.setupLink, { signal })
    const { link } = await technician.create('Rosa Lima', 'The driver is missing')
    const customer = await openCustomer(link, { browser: 'firefox', signal })
    await customer.sees('connected')
    await technician.press(/.*Rosa Lima.*/)
    await technician.press('Connect')
    await technician.choose('Files')
    const files = [path.join(folder, 'large.bin'), path.join(folder, 'empty.txt')]
    await writeFile(files[0] ?? '', randomFillSync(new Uint8Array(30_000_001)))
    await writeFile(files[1] ?? '', '')
    for (let index = 0; index < 200; index += 1) {
      const file = path.join(folder, `${index}.txt`)
      await writeFile(file, randomFillSync(new Uint8Array(5000)))
      files.push(file)
    }
    const [chooser] = await Promise.all([technician.page.waitForFileChooser(), technician.press('Send files')])
    await chooser.accept(files)
    await customer.sees('Marie Blanc wants to send you large.bin and 201 more (31 MB).')
    await customer.press('Accept')
    // Said by the customer's page once every hash was right and all of it is on the disk.
    await technician.sees('Rosa Lima has it: 31 MB', 60_000)
    await customer.sees('Complete: 31 MB')
    const kept = await customer.page.evaluate(async () => {
      const root = await navigator.storage.getDirectory()
      const all = await root.getDirectoryHandle('deskside-files')
      let bytes = 0
      for await (const place of all.values()) {
        if (place.kind !== 'directory') continue
        for await (const file of place.values()) if (file.kind === 'file') bytes += (await file.getFile()).size
      }
      return bytes
    })
    expect(kept).toBe(30_000_001 + 200 * 5000)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}, 120_000)

test('S11 F2 a customer in Firefox lets a folder be seen, which the technician fetches from', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskside-firefox-'))
  try {
    await mkdir(path.join(folder, 'Logs/old'), { recursive: true })
    await writeFile(path.join(folder, 'Logs/today.log'), 'it failed at noon')
    await writeFile(path.join(folder, 'Logs/old/before.log'), randomFillSync(new Uint8Array(100_000)))
    const server = await startTestServer({ signal })
    const technician = await openTechnician(server.setupLink, { signal })
    const { link } = await technician.create('Ana Souza', 'The logs are needed')
    const customer = await openCustomer(link, { browser: 'firefox', signal })
    await customer.sees('connected')
    await technician.press(/.*Ana Souza.*/)
    await technician.press('Connect')
    await customer.press('Not now')
    await technician.choose('Files')
    await technician.press('Request access')
    await customer.sees('Marie Blanc asks to look into a folder')
    // Its driver hands no folder to a page: the files of one, with the paths that they have in it.
    const input = await customer.page.$('input[type=file]')
    await input?.evaluate((field) => {
      field.multiple = true
      const paths: Record<string, string> = { 'today.log': 'Logs/today.log', 'before.log': 'Logs/old/before.log' }
      Object.defineProperty(File.prototype, 'webkitRelativePath', {
        get(this: File) {
          return paths[this.name]
        },
      })
    })
    await input?.uploadFile(path.join(folder, 'Logs/today.log'), path.join(folder, 'Logs/old/before.log'))
    await technician.sees('Logs is shared with you')
    await technician.tick('Choose old')
    await technician.tick('Choose today.log')
    await technician.press('Download')
    await technician.sees('Complete: 100 kB')
    await customer.press('Stop: Folder')
    await technician.sees('Ana Souza does not share the folder any more.')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}, 120_000)
