import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { openCustomer } from '../support/customer.ts'
import { say, tamper } from '../support/link-double.ts'
import type { Person } from '../support/person.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { openTechnician, type Technician, toQueue } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let server: TestServer
let marie: Technician
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'deskside-rules-'))
  server = await startTestServer({ signal })
  marie = await openTechnician(server.setupLink, { signal })
})
afterAll(async () => {
  over.abort()
  await rm(folder, { recursive: true, force: true })
})

async function send(who: Person & { page: Technician['page'] }, name: string, bytes: number) {
  const file = path.join(folder, name)
  await writeFile(file, new Uint8Array(bytes))
  const [chooser] = await Promise.all([who.page.waitForFileChooser(), who.press('Send files')])
  await chooser.accept([file])
}

test('S12 an admin limits the size and the types of files; what makes no sense gets a sentence', async () => {
  await marie.press(/My account[\s\S]*/)
  await marie.sees('Files that may be exchanged')
  await marie.tick('Limit the size of a file')
  await marie.fill('At most so many MB', 'many')
  await marie.fill('Refused types', 'e/x/e')
  await marie.press('Save')
  await marie.sees('Write a whole number of megabytes from 1 to 17179.')
  await marie.sees('Write ends of names with a comma between them')
  await marie.fill('At most so many MB', '1')
  await marie.fill('Refused types', '.EXE; bat')
  await marie.press('Save')
  await marie.sees('Saved. It holds from now on')
  await isAccessible(marie.page, 'file-rules')
  await marie.page.reload()
  await marie.sees('Files that may be exchanged')
  await marie.page.waitForFunction(
    () => [...document.querySelectorAll('input')].some(({ value }) => value === 'exe, bat'),
    { polling: 100 },
  )
  await marie.press('Web activity')
  await marie.sees('Set which files may be exchanged: at most 1 MB, refused types: exe, bat')
})

test('S12 what is not allowed is refused in both directions, with the limit by name; the rest goes', async () => {
  await toQueue(marie)
  const { link } = await marie.create('Rosa Lima', 'The driver is missing')
  const customer = await openCustomer(link, { signal })
  await customer.sees('connected')
  await marie.press(/.*Rosa Lima.*/)
  await marie.press('Connect')
  await marie.choose('Files')
  for (const who of [marie, customer]) {
    await send(who, 'large.bin', 1_000_001)
    await who.sees('A file may have at most 1 MB here. Nothing was sent.')
    await send(who, 'setup.Exe', 10)
    await who.sees('Files of these kinds are not exchanged here: exe, bat. Nothing was sent.')
    await isAccessible(who.page, who === marie ? 'files-refused-desk' : 'files-refused-customer')
  }
  await customer.press('Français')
  await send({ ...customer, press: () => customer.press('Envoyer des fichiers') }, 'setup.bat', 10)
  await customer.sees('Les fichiers de ces types ne s’échangent pas ici\u00a0: exe, bat. Rien n’a été envoyé.')
  await customer.press('English')
  expect(await marie.read()).not.toContain('wants to send')
  await send(customer, 'small.txt', 1_000_000)
  await marie.press('Accept')
  await customer.sees('Marie Blanc has it: 1 MB')
})

test('S12 other rules reach a page that is open at once; what the other side refuses is refused with its limit by name', async () => {
  await toQueue(marie)
  const { link } = await marie.create('Jean Dupont', 'The driver is missing')
  const customer = await openCustomer('about:blank', { signal })
  await tamper(customer.page)
  await customer.page.goto(link)
  await customer.sees('connected')
  await marie.press(/My account[\s\S]*/)
  await marie.sees('Files that may be exchanged')
  await marie.fill('At most so many MB', '2')
  await marie.fill('Refused types', 'zip')
  await marie.press('Save')
  await marie.sees('Saved. It holds from now on')
  await customer.page.waitForFunction(
    async (file) => {
      // What is dropped is judged by the rules of this moment.
      const given = new DataTransfer()
      given.items.add(new File(['x'], file))
      const area = document.querySelector('section[aria-label="Files"]')
      area?.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: given }))
      await new Promise((resume) => setTimeout(resume, 50))
      return document.body.innerText.includes('Files of these kinds are not exchanged here: zip. Nothing was sent.')
    },
    { polling: 500 },
    'driver.zip',
  )
  await send(customer, 'large.bin', 2_000_001)
  await customer.sees('A file may have at most 2 MB here. Nothing was sent.')
  await toQueue(marie)
  await marie.press(/.*Jean Dupont.*/)
  await marie.press('Connect')
  await marie.choose('Files')
  // What waits for an answer when a rule comes is taken back from under the question, on both sides and by name.
  await send(marie, 'report.doc', 10)
  await customer.sees('Marie Blanc wants to send you report.doc')
  await send(customer, 'letter.doc', 10)
  await marie.sees('Jean Dupont wants to send you letter.doc')
  await toQueue(marie)
  await marie.press(/My account[\s\S]*/)
  await marie.sees('Files that may be exchanged')
  await marie.fill('Refused types', 'zip, doc')
  await marie.press('Save')
  const ruled = 'Files of these kinds are not exchanged here: zip, doc. Nothing was sent.'
  await customer.sees(new RegExp(`report\\.doc\\s*${ruled}`))
  await customer.sees(new RegExp(`letter\\.doc\\s*${ruled}`))
  expect(await customer.read()).not.toContain('wants to send you')
  await isAccessible(customer.page, 'files-ruled-out')
  await customer.press('Dismiss')
  await toQueue(marie)
  await marie.press(/.*Jean Dupont.*/)
  await marie.choose('Files')
  await marie.sees(new RegExp(`letter\\.doc\\s*${ruled}`))
  await marie.sees(new RegExp(`report\\.doc\\s*${ruled}`))
  expect(await marie.read()).not.toContain('wants to send you')
  await send(marie, 'notes.pdf', 10)
  await customer.sees('notes.pdf')
  // As a page whose rules are others: it refuses by itself.
  const id = await customer.page.evaluate(() => {
    const offers = window.deskside_test_heard?.filter(({ type }) => type === 'file-offer') ?? []
    return (offers.at(-1) as { id?: string } | undefined)?.id
  })
  const rule = { largest: null, refused: ['pdf', 'ps'] }
  await say(customer.page, { type: 'file-answer', id, refused: 'not-allowed', rule })
  await marie.sees('Files of these kinds are not exchanged here: pdf, ps. Nothing was sent.')
  await isAccessible(marie.page, 'files-refused-there')
  await customer.browser.close()
})
