import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { inviteByMail } from '../support/account.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { shareScreen } from '../support/sharing.ts'
import { openDesk, openTechnician, signUp, type Technician, toQueue } from '../support/technician.ts'
import { startXvfb } from '../support/xvfb.ts'

const over = new AbortController()
const { signal } = over
let mail: MailServer
let server: TestServer
let marie: Technician
let grace: Technician
let ticket: string

beforeAll(async () => {
  mail = await startMailServer()
  server = await startTestServer({ env: mail.environment, signal })
  const { display } = await startXvfb({ signal })
  marie = await openTechnician(server.setupLink, { signal })
  grace = await openDesk({ signal })
  await signUp(grace, await inviteByMail(marie, mail, 'grace@acme.example', 'Support'), 'Grace Hopper')
  const sharing = await shareScreen(grace, { name: 'Jean Dupont', display, signal })
  ticket = sharing.ticket
  await grace.press('Snapshot')
  await grace.sees('Image 1 is kept under the ticket')
  await snapshotDaysAgo(40, 'Image 2 is kept under the ticket')
  await snapshotDaysAgo(20, 'Image 3 is kept under the ticket')
  await sharing.customer.say('Write to Grace Hopper…', 'It is the tray of the printer')
  await grace.sees('It is the tray of the printer')
  await grace.press('End session')
  await grace.confirm('End session')
  await sharing.customer.browser.close()
  await grace.press('Resolve…')
  await grace.confirm('Resolve')
  await grace.sees('You resolved this ticket')
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

/** As if the image had been made then. */
async function snapshotDaysAgo(days: number, kept: string) {
  await grace.page.evaluate((ms) => {
    const { now } = Date
    Object.assign(Date, { now: () => now() - ms, later: () => Object.assign(Date, { now }) })
  }, days * 86_400_000)
  await grace.press('Snapshot')
  await grace.sees(kept)
  await grace.page.evaluate(() => (Date as typeof Date & { later(): void }).later())
}

/** An admin sets how long images and recordings are kept. */
async function keepMediaFor(days: number, preview: string) {
  await marie.press(/My account[\s\S]*/)
  await marie.sees('How long things are kept')
  if (!(await marie.read()).includes('How many days after they were made')) {
    await marie.tick('Delete images and recordings earlier than their ticket')
  }
  await marie.fill('How many days after they were made', String(days))
  await marie.press('See what would go…')
  await marie.sees(preview)
}

/** The databases of this technician's browser that belong to the ticket, and how many pictures it keeps. */
const keptOf = (desk: Technician) =>
  desk.page.evaluate(async (id) => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
    const root = await navigator.storage.getDirectory()
    let files = 0
    const count = async (folder: FileSystemDirectoryHandle) => {
      for await (const entry of folder.values()) {
        if (entry.kind === 'directory') await count(entry)
        else files += 1
      }
    }
    await count(root)
    return { rooms: names.filter((name) => name.includes(id)).length, files }
  }, ticket)

test('L7 an admin sees what would go before it goes; bad days get a sentence; cancelling keeps everything', async () => {
  await marie.press(/My account[\s\S]*/)
  await marie.sees('How long things are kept')
  await marie.tick('Delete tickets that are over')
  for (const wrong of ['0', '3651', 'soon', '']) {
    await marie.fill('How many days after the end', wrong)
    await marie.press('See what would go…')
    await marie.sees('Write a whole number of days from 1 to 3650.')
  }
  await marie.fill('How many days after the end', '30')
  await marie.tick('Empty old rows of the logs')
  await marie.press('See what would go…')
  await marie.sees('Over their time now: tickets: 0, rows of the logs: 0.')
  await isAccessible(marie.page, 'retention-preview')
  await marie.confirm('Cancel')
  await marie.page.reload()
  await marie.sees('How long things are kept')
  expect(await marie.read()).not.toMatch(/How many days after|After how many days/)
  await marie.tick('Delete tickets that are over')
  await marie.press('See what would go…')
  await marie.sees('Over their time now: tickets: 0')
  await marie.seesNot('They are deleted for good')
  await marie.confirm('Save')
  await marie.sees('Saved. What is over its time goes within ten minutes.')
  await isAccessible(marie.page, 'retention')
  await marie.press('Web activity')
  await marie.sees(
    'Set how long things are kept: tickets 365 days, images and recordings as long as their ticket, rows of the logs for good',
  )
})

test('L7 images are kept for days of their own: a browser that is closed deletes its own at its next start, an open one at once', async () => {
  expect((await keptOf(grace)).files).toBe(3)
  const address = grace.page.url()
  await grace.page.goto('about:blank')
  await keepMediaFor(30, 'Images and recordings over their time now: 0 on the server, 0 in this browser.')
  await isAccessible(marie.page, 'retention-media-preview')
  await marie.confirm('Save and delete')
  await marie.sees('Saved. What is over its time goes within ten minutes.')
  await grace.page.goto(address)
  await expect.poll(async () => (await keptOf(grace)).files, { timeout: 20_000 }).toBe(2)
  await keepMediaFor(10, 'They are deleted for good')
  await marie.confirm('Save and delete')
  await expect.poll(async () => (await keptOf(grace)).files, { timeout: 20_000 }).toBe(1)
  await marie.press('Web activity')
  await marie.sees('This person’s browser deleted images and recordings whose time was over: 1')
  await marie.sees('tickets 365 days, images and recordings 10 days, rows of the logs for good')
})

test('L7 where an image was, its ticket says that it was deleted after so many days; the others are there', async () => {
  await grace.page.evaluate((id) => {
    location.hash = `#/log/ticket/${id}`
  }, ticket)
  await grace.choose('Media')
  await grace.sees('Images and recordings are kept for 10 days here, so this one was deleted.')
  const read = await grace.read()
  expect(read.split('so this one was deleted').length - 1).toBe(2)
  expect(read).toContain('Image 2')
  await grace.press('View Image 1')
  await grace.sees('Download')
  await grace.confirm('Close')
  await isAccessible(grace.page, 'retention-media-over')
})

test('L7 one customer’s ticket is deleted everywhere: on the server, and in the browser of who had it', async () => {
  const before = await keptOf(grace)
  expect(before.rooms).toBeGreaterThan(0)
  expect(before.files).toBeGreaterThan(0)
  await marie.press('Resolved')
  await marie.press('Jean Dupont')
  await marie.sees('It is the tray of the printer')
  await marie.press('Delete the ticket…')
  await marie.sees('Delete the ticket of Jean Dupont?')
  await isAccessible(marie.page, 'retention-delete')
  await marie.confirm('Cancel')
  await marie.press('Delete the ticket…')
  await marie.confirm('Delete for good')
  await marie.sees('Nothing has been resolved yet')
  await marie.press('Web activity')
  await marie.sees('Deleted the ticket and all that belonged to it')
  await expect.poll(() => keptOf(grace), { timeout: 20_000 }).toEqual({ rooms: 0, files: 0 })
  await toQueue(grace)
  await grace.press('Resolved')
  await grace.sees('Nothing has been resolved yet')
})

test('L7 a browser that was closed meanwhile deletes at its next start', async () => {
  await toQueue(grace)
  await grace.create('Rosa Lima', 'Help')
  await grace.press(/.*Rosa Lima.*/)
  await grace.choose('Notes')
  await grace.press('Write a note')
  await grace.page.keyboard.type('Serial number QX-4711')
  await grace.press('Done')
  ticket = await grace.page.evaluate(() => location.hash.split('/').at(-1) ?? '')
  await grace.press('Resolve')
  await grace.confirm('Resolve')
  await grace.sees('You resolved this ticket')
  expect((await keptOf(grace)).rooms).toBeGreaterThan(0)
  const address = grace.page.url()
  await grace.page.goto('about:blank')
  await marie.press('Resolved')
  await marie.press('Rosa Lima')
  await marie.press('Delete the ticket…')
  await marie.confirm('Delete for good')
  await marie.sees('Nothing has been resolved yet')
  await grace.page.goto(address)
  await expect.poll(() => keptOf(grace), { timeout: 20_000 }).toMatchObject({ rooms: 0 })
})

test('L7 all tickets of one customer go at once, those of others stay', async () => {
  await toQueue(grace)
  for (const [name, request] of [
    ['Rosa Lima', 'Printer'],
    ['Ada King', 'Mouse'],
    ['Rosa Lima', 'Screen'],
  ] as const) {
    await grace.create(name, request)
    await grace.press(new RegExp(`.*${name}.*`))
    await grace.press('Resolve')
    await grace.confirm('Resolve')
    await grace.sees('You resolved this ticket')
    await toQueue(grace)
  }
  await marie.press('Web activity')
  await marie.press('Resolved')
  await marie.sees('Ada King')
  expect(await marie.read()).not.toContain('Delete all that were found…')
  await marie.fill('Search resolved tickets', 'rosa lima')
  await marie.sees('Found: 2. All resolved tickets that fit the filters were searched: 3.')
  await isAccessible(marie.page, 'retention-found')
  await marie.press('Delete all that were found…')
  await marie.sees('Delete 2 tickets?')
  await isAccessible(marie.page, 'retention-delete-found')
  await marie.confirm('Delete for good')
  await marie.sees('Found: 0. All resolved tickets that fit the filters were searched: 1.')
  await marie.fill('Search resolved tickets', '')
  await marie.sees('Ada King')
  expect(await marie.read()).not.toContain('Rosa Lima')
  await grace.press('Resolved')
  await grace.sees('Ada King')
  await grace.fill('Search resolved tickets', 'ada')
  await grace.sees('Found: 1.')
  expect(await grace.read()).not.toContain('Delete all that were found…')
})

test('L7 F4 in French, at a phone’s width; a technician who is no admin has none of it', async () => {
  await grace.press(/My account[\s\S]*/)
  await grace.sees('This browser’s storage')
  expect(await grace.read()).not.toContain('How long things are kept')
  await marie.press(/My account[\s\S]*/)
  await marie.choose('Français')
  await marie.sees('Durées de conservation')
  await marie.page.setViewport({ width: 390, height: 780 })
  expect(await leftInEnglish(marie.page)).toEqual([])
  await isAccessible(marie.page, 'retention-french-narrow')
})
