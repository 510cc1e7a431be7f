import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { inviteByMail } from '../support/account.ts'
import { draw } from '../support/board.ts'
import { downloaded } from '../support/files.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestServer } from '../support/server.ts'
import { shareScreen } from '../support/sharing.ts'
import { openDesk, openTechnician, signUp, type Technician, toQueue } from '../support/technician.ts'
import { startXvfb } from '../support/xvfb.ts'
import { zipEntries } from '../support/zip.ts'

const over = new AbortController()
const { signal } = over
let mail: MailServer
let marie: Technician
let grace: Technician
let ticket: string

/** What would do something, were it no text. */
const HOSTILE = `</p></style><script>document.title = 'ran'</script><img src=x onerror="document.title = 'ran'">&lt;b>`

/** Under what image `number` is in the ZIP. */
const imageName = (number: number) =>
  new RegExp(`^Jean Dupont \\d{4}-\\d\\d-\\d\\d \\d\\d-\\d\\d image ${number}\\.png$`)

beforeAll(async () => {
  mail = await startMailServer()
  const server = await startTestServer({ env: mail.environment, signal })
  const { display } = await startXvfb({ signal })
  marie = await openTechnician(server.setupLink, { signal })
  grace = await openDesk({ signal })
  await signUp(grace, await inviteByMail(marie, mail, 'grace@acme.example', 'Support'), 'Grace Hopper')
  const sharing = await shareScreen(marie, { name: 'Jean Dupont', display, signal })
  ticket = sharing.ticket
  for (const number of [1, 2]) {
    await marie.press('Snapshot')
    await marie.sees(`Image ${number} is kept under the ticket`)
  }
  await marie.press('Box')
  await draw(marie.page, [
    [0.2, 0.2],
    [0.8, 0.8],
  ])
  await marie.press('Box')
  await sharing.customer.say('Write to Marie Blanc…', 'It is the tray of the printer')
  await sharing.customer.say('Write to Marie Blanc…', HOSTILE)
  await marie.choose('Notes')
  await marie.press('Write a note')
  await marie.page.keyboard.type('Serial number QX-4711')
  await marie.press('Done')
  await marie.press('End session')
  await marie.confirm('End session')
  await sharing.customer.press('Good')
  await sharing.customer.sees('Thank you.')
  await sharing.customer.browser.close()
  await marie.press('Resolve…')
  await marie.confirm('Resolve')
  await marie.sees('You resolved this ticket')
  await toQueue(marie)
  await marie.page.reload()
  await marie.sees('Nobody is in the queue')
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

test('L3 S6 S8 under a session’s log: notes, chat, consents, and its images, all of them as one ZIP', async () => {
  await marie.press('Remote access logs')
  await marie.press(/Show what happened in the session of .*/)
  await marie.press('Notes, pictures and chat are with the ticket')
  await marie.sees('Jean Dupont')
  await marie.sees('It is the tray of the printer')
  await marie.sees('Good for the session with Marie Blanc')
  await isAccessible(marie.page, 'past-chat')
  await marie.choose('Notes')
  await marie.sees('Serial number QX-4711')
  await marie.choose('Consent')
  await marie.sees('Screen')
  await marie.choose('Timeline')
  await marie.sees('resolved')
  await marie.choose('Media')
  await marie.sees('Image 2')
  const zip = await downloaded(marie.page, () => marie.press('Download all images (2)'))
  await marie.sees('Images in the ZIP file: 2.')
  expect(zip.name).toMatch(/^Jean Dupont \d{4}-\d\d-\d\d \d\d-\d\d images\.zip$/)
  const entries = zipEntries(zip.bytes).sort((one, other) => one.name.localeCompare(other.name))
  expect(entries.map(({ name }) => name)).toEqual(
    [imageName(1), imageName(2)].map((name) => expect.stringMatching(name)),
  )
  // The very bytes that one gets of a single one.
  await marie.press('View Image 1')
  const single = await downloaded(marie.page, () => marie.confirm('Download'))
  await marie.confirm('Close')
  expect(entries[0]).toMatchObject({ name: single.name, bytes: single.bytes.length })
  expect(entries[0]?.content().equals(Buffer.from(single.bytes))).toBe(true)
  await isAccessible(marie.page, 'past-media')
})

test('L7 everything of one ticket is one ZIP that opens without Deskside', async () => {
  await marie.press('Export the ticket…')
  await marie.sees('It is not encrypted: keep it safe.')
  await isAccessible(marie.page, 'past-export')
  const zip = await downloaded(marie.page, () => marie.confirm('Export'))
  expect(zip.name).toMatch(/^Jean Dupont .* \d{5}\.zip$/)
  const entries = zipEntries(zip.bytes)
  expect(entries.map(({ name }) => name)).toEqual([
    'ticket.html',
    'ticket.json',
    'whiteboard/screen.png',
    expect.stringMatching(/^images\/Jean Dupont .* image 1\.png$/),
    expect.stringMatching(/^images\/Jean Dupont .* image 2\.png$/),
  ])
  const json = JSON.parse(entries[1]?.content().toString('utf8') ?? '')
  expect(json).toMatchObject({ notes: 'Serial number QX-4711', details: { name: 'Jean Dupont' }, mayLack: false })
  expect(json.boards).toEqual([{ file: 'whiteboard/screen.png', caption: 'Drawn on the shared screen', texts: [] }])
  expect(JSON.stringify(json)).not.toContain('secret')
  // As somebody opens it who has no Deskside: the page and what lies beside it, in a folder.
  const folder = await mkdtemp(path.join(tmpdir(), 'deskside-export-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const { name, content } of entries) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), content())
  }
  const page = await marie.page.browser().newPage()
  await page.goto(pathToFileURL(path.join(folder, 'ticket.html')).href)
  const read = await page.evaluate(() => ({
    text: document.body.innerText,
    pictures: [...document.images].map(({ naturalWidth }) => naturalWidth),
    scripts: document.scripts.length,
    title: document.title,
  }))
  expect([read.scripts, read.title]).toEqual([0, expect.stringContaining('Jean Dupont')])
  for (const words of [
    HOSTILE,
    'Jean Dupont',
    'It is the tray of the printer',
    'Serial number QX-4711',
    'Screen',
    'Good',
  ]) {
    expect(read.text).toContain(words)
  }
  expect(read.text).toContain('Drawn on the shared screen')
  expect(read.pictures).toEqual([1280, 1280, 1920])
  // The frame of the box, and the paper within it.
  const board = entries[2]?.content().toString('base64') ?? ''
  const [frame, within] = await page.evaluate(coloursAt, board, [
    [0.5, 0.2],
    [0.5, 0.5],
  ])
  expect(within).toBe('139 147 155')
  expect(frame).not.toBe(within)
  await page.close()
})

/** Runs in a page: the colours of a picture at places that are shares of its size. */
async function coloursAt(base64: string, places: number[][]): Promise<string[]> {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
  const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d')
  context?.drawImage(picture, 0, 0)
  return places.map(([x = 0, y = 0]) => {
    const { data } = context?.getImageData(Math.round(picture.width * x), Math.round(picture.height * y), 1, 1) ?? {}
    return [...(data ?? [])].slice(0, 3).join(' ')
  })
}

test('L5 L7 that a ticket and its images were taken away is in the log', async () => {
  await marie.press('Web activity')
  await marie.sees('Exported everything of the ticket')
  await marie.sees('Downloaded all images of the ticket')
})

test('L4 a resolved ticket is opened by its name, and reopened from there', async () => {
  await marie.press('Resolved')
  await marie.press('Jean Dupont')
  await marie.sees('It is the tray of the printer')
  await marie.press('Reopen')
  await marie.sees('Copy link')
  await marie.press('Resolve')
  await marie.confirm('Resolve')
  await marie.sees('You resolved this ticket')
})

test('L3 a colleague of the group sees that it was, and not what was said; one who may not see it is told so', async () => {
  await grace.page.evaluate((id) => {
    location.hash = `#/log/ticket/${id}`
  }, ticket)
  await grace.sees('Good for the session with Marie Blanc')
  expect(await grace.read()).not.toContain('the tray of the printer')
  await grace.choose('Media')
  await grace.sees('The media of a ticket are for those who have it.')
  await grace.page.evaluate(() => {
    location.hash = `#/log/ticket/${'x'.repeat(22)}`
  })
  await grace.sees('You cannot see this ticket: it was deleted')
  await isAccessible(grace.page, 'past-not-found')
})

test('L3 the storage says of which tickets this browser has images, and frees them', async () => {
  await marie.press(/My account[\s\S]*/)
  await marie.sees(/Images and recordings by ticket\s*\d{5} Jean Dupont\s*2 · \d+ kB/)
  await isAccessible(marie.page, 'storage-tickets')
  await marie.press(/Delete the images and recordings of \d{5} Jean Dupont from this browser/)
  await marie.sees('Images and recordings: 2. There is no other copy.')
  await marie.confirm('Cancel')
  await marie.sees('Images and recordings by ticket')
})

test('L3 F4 in French, at a phone’s width', async () => {
  await marie.press(/My account[\s\S]*/)
  await marie.choose('Français')
  await marie.press('Résolus')
  await marie.press('Jean Dupont')
  await marie.sees('Bien pour la session avec Marie Blanc')
  await marie.page.setViewport({ width: 390, height: 780 })
  await marie.choose('Médias')
  await marie.sees('Télécharger toutes les images (2)')
  await isAccessible(marie.page, 'past-french-narrow')
  expect(await leftInEnglish(marie.page)).toEqual([])
})

test('L3 what is deleted under storage is gone from the ticket', async () => {
  await marie.page.setViewport({ width: 1440, height: 860 })
  await marie.press(/Mon compte[\s\S]*/)
  await marie.press(/Supprimer de ce navigateur les images et enregistrements de \d{5} Jean Dupont/)
  await marie.confirm('Supprimer ici')
  await marie.seesNot('Images et enregistrements par ticket')
  await marie.press('Résolus')
  await marie.press('Jean Dupont')
  await marie.choose('Médias')
  await marie.sees('Rien n’a encore été gardé')
})
