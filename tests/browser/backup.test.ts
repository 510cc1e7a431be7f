import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { choosePassword, givePassword, openAccount, paste, tokensOf } from '../support/account.ts'
import { downloaded, type Saved } from '../support/files.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { leaked } from '../support/stored.ts'
import { openDesk, openTechnician, type Technician } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
const FILE_PASSWORD = 'a password for the file'
let folder: string
let server: TestServer
let marie: Technician
let saved: Saved
/** The file as it was exported. */
let file: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'deskside-backup-'))
  server = await startTestServer({ signal })
  marie = await openTechnician(server.setupLink, { signal })
  await marie.create('Ines Alvarado', 'As the server has it')
})
afterAll(async () => {
  over.abort()
  await rm(folder, { recursive: true, force: true })
})

async function toTicket(desk: Technician, name: string) {
  await desk.page.evaluate(() => {
    location.hash = '#/'
  })
  await desk.press(new RegExp(`.*${name}.*`))
}

async function goToAccount(desk: Technician) {
  await desk.press(/My account[\s\S]*/)
  await desk.sees('Copy of this data')
}

async function save(name: string, bytes: Uint8Array | string): Promise<string> {
  const where = path.join(folder, name)
  await writeFile(where, bytes)
  return where
}

async function chooseFile(desk: Technician, which: string, password: string) {
  const input = await desk.page.waitForSelector('dialog[open] input[type="file"]')
  await input?.evaluate((element) => element instanceof HTMLInputElement && element.type)
  const [chooser] = await Promise.all([desk.page.waitForFileChooser(), input?.click()])
  await chooser?.accept([which])
  await desk.fill('Password of the file', password)
  await desk.confirm('Open the file')
}

test('G4 one file under a password has what was written without a server, and no sign-in and no names to read', async () => {
  await toTicket(marie, 'Ines Alvarado')
  await marie.choose('Notes')
  await marie.press('Write a note')
  await marie.fill('Notes', 'Her printer is on the third floor')
  await server.restart(async () => {
    await marie.sees('No connection to the server since')
    await marie.press('Edit')
    await marie.fill('Request', 'Only in the file')
    await marie.confirm('Save')
    await goToAccount(marie)
    await marie.press('Export…')
    await choosePassword(marie, 'short', 'Password of the file')
    await marie.confirm('Write the file')
    await marie.sees('This password is too short')
    await isAccessible(marie.page, 'backup-export')
    await choosePassword(marie, FILE_PASSWORD, 'Password of the file')
    saved = await downloaded(marie.page, () => marie.confirm('Write the file'))
    await marie.sees('The file is among your downloads')
    await marie.sees(/1 queue and 1 ticket with chat or notes/)
    await isAccessible(marie.page, 'backup-written')
    await marie.confirm('Close')
    expect(saved.name).toMatch(/^deskside-marie-acme\.example-\d{4}-\d\d-\d\d\.age$/)
    const secrets = ['Ines', 'Only in the file', 'third floor', 'marie@', ...(await tokensOf(marie.page))]
    expect(leaked(Buffer.from(saved.bytes).toString('latin1'), secrets)).toEqual([])
    file = await save(saved.name, saved.bytes)
    // This browser is lost before it has a server again.
    await marie.page.browser().close()
  })
})

test('G4 another browser takes it in beside what it has, and what the server lacked reaches it', async () => {
  marie = await openDesk({ signal })
  await paste(marie, server.url)
  await givePassword(marie, 'marie@acme.example')
  await marie.sees('As the server has it')
  await goToAccount(marie)
  await marie.press('Import…')
  await isAccessible(marie.page, 'backup-import')
  await chooseFile(marie, file, FILE_PASSWORD)
  await marie.sees(/Exported on .* by Marie Blanc: 1 queue and 1 ticket with chat or notes/)
  await isAccessible(marie.page, 'backup-preview')
  await marie.confirm('Import it')
  await marie.sees('The file is imported')
  await marie.sees(/New here: [01]. Completed: [12]/)
  await isAccessible(marie.page, 'backup-imported')
  await marie.confirm('Close')
  await toTicket(marie, 'Ines Alvarado')
  await marie.sees('Only in the file')
  await marie.choose('Notes')
  await marie.sees('Her printer is on the third floor')
  const elsewhere = await openDesk({ signal })
  await paste(elsewhere, server.url)
  await givePassword(elsewhere, 'marie@acme.example')
  await elsewhere.sees('Only in the file')
  await elsewhere.page.browser().close()
})

test('G4 the same file again changes nothing, not even what is newer here', async () => {
  await marie.press('Edit')
  await marie.fill('Request', 'Newer than the file')
  await marie.confirm('Save')
  await marie.sees('Newer than the file')
  await goToAccount(marie)
  await marie.press('Import…')
  await chooseFile(marie, file, FILE_PASSWORD)
  await marie.confirm('Import it')
  await marie.sees(/New here: 0. Completed: 0. Already here: \d/)
  await marie.confirm('Close')
  await toTicket(marie, 'Ines Alvarado')
  await marie.sees('Newer than the file')
})

test('G4 a wrong password, a damaged, a cut, a foreign and an oversized file are each refused with a sentence', async () => {
  const { bytes } = saved
  const changed = bytes.slice()
  changed.set([(changed.at(-1) ?? 0) ^ 1], changed.length - 1)
  const large = path.join(folder, 'large.age')
  const handle = await open(large, 'w')
  await handle.truncate(513 * 1024 * 1024)
  await handle.close()
  await goToAccount(marie)
  await marie.press('Import…')
  await marie.confirm('Open the file')
  await marie.sees('Choose the file that was exported.')
  await chooseFile(marie, file, 'not this password')
  await marie.sees('This password does not open the file')
  await isAccessible(marie.page, 'backup-wrong-password')
  await chooseFile(marie, await save('changed.age', changed), FILE_PASSWORD)
  await marie.sees('This file is damaged or incomplete')
  await chooseFile(marie, await save('text.age', 'name;group'), FILE_PASSWORD)
  await marie.sees('This is no file that Deskside has exported')
  await chooseFile(marie, await save('cut.age', bytes.slice(0, bytes.length / 2)), FILE_PASSWORD)
  await marie.sees('This file is damaged or incomplete')
  await chooseFile(marie, large, FILE_PASSWORD)
  await marie.sees('This file is larger than 537 MB')
  await marie.confirm('Cancel')

  const own = await startTestServer({ signal })
  const stranger = await openTechnician(own.setupLink, { signal })
  await openAccount(stranger)
  await stranger.choose('Français')
  await stranger.press('Importer…')
  await stranger.sees('Importer un fichier')
  const [chooser] = await Promise.all([
    stranger.page.waitForFileChooser(),
    stranger.page.click('dialog[open] input[type="file"]'),
  ])
  await chooser.accept([file])
  await stranger.fill('Mot de passe du fichier', FILE_PASSWORD)
  await stranger.confirm('Ouvrir le fichier')
  await stranger.sees('Ce fichier appartient à marie@acme.example')
  expect(await leftInEnglish(stranger.page)).toEqual([])
  await stranger.page.setViewport({ width: 360, height: 740 })
  await isAccessible(stranger.page, 'backup-foreign-french-narrow')
  await stranger.page.browser().close()
})
