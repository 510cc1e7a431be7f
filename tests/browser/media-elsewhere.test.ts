import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { inviteByMail } from '../support/account.ts'
import { waitForColour } from '../support/colours.ts'
import { fileBytesSent, watchFileLink } from '../support/file-link.ts'
import { downloaded } from '../support/files.ts'
import { inOrder, watchFilm } from '../support/film.ts'
import { keptMedia, swallowAfter } from '../support/kept-media.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestServer } from '../support/server.ts'
import { shareScreen } from '../support/sharing.ts'
import { openDesk, openTechnician, signUp, type Technician, toQueue } from '../support/technician.ts'
import { startXvfb } from '../support/xvfb.ts'
import { zipEntries } from '../support/zip.ts'

const over = new AbortController()
const { signal } = over
let mail: MailServer
/** An admin, who was not in the session. */
let marie: Technician
/** Who had the ticket. */
let grace: Technician
let ticket: string

async function openMedia(technician: Technician) {
  await technician.page.evaluate((id) => {
    location.hash = `#/log/ticket/${id}`
  }, ticket)
  await technician.choose('Media')
}

async function closeDesk({ page }: Technician) {
  await page.goto('about:blank')
}

beforeAll(async () => {
  mail = await startMailServer()
  const server = await startTestServer({ env: mail.environment, signal })
  const { display } = await startXvfb({ signal })
  marie = await openTechnician(server.setupLink, { signal })
  grace = await openDesk({ signal })
  await signUp(grace, await inviteByMail(marie, mail, 'grace@acme.example', 'Support'), 'Grace Hopper')
  const sharing = await shareScreen(grace, { name: 'Jean Dupont', display, signal })
  ticket = sharing.ticket
  await grace.press('Snapshot')
  await grace.sees('Image 1 is kept under the ticket')
  await grace.press('Start recording')
  await sharing.customer.press('Allow')
  await grace.sees(/Recording 0:(0[2-9]|[1-5]\d)/)
  await sharing.colours.show('blue')
  await waitForColour(grace.page, 'blue')
  await grace.sees(/Recording 0:(0[5-9]|[1-5]\d)/)
  await grace.press('Stop recording')
  await grace.sees('Recording 1 of Jean Dupont is kept under the ticket')
  await grace.press('Dismiss')
  await sharing.colours.showNoise()
  await grace.page.waitForFunction(isNoise, { polling: 200 })
  await grace.press('Snapshot')
  await grace.sees('Image 2 is kept under the ticket')
  await grace.choose('Notes')
  await grace.press('Write a note')
  await grace.page.keyboard.type('Serial number QX-4711')
  await grace.press('Done')
  await grace.press('End session')
  await grace.confirm('End session')
  await sharing.customer.browser.close()
  await grace.press('Resolve…')
  await grace.confirm('Resolve')
  await grace.sees('You resolved this ticket')
  await toQueue(grace)
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

test('L3 S6 S7 S8 an admin on another profile finds the notes under the log, sees who has the images, and that it is open', async () => {
  await marie.press('Remote access logs')
  await marie.press(/Show what happened in the session of .*/)
  await marie.press('Notes, pictures and chat are with the ticket')
  await marie.sees('Jean Dupont')
  await marie.choose('Notes')
  await marie.sees('Serial number QX-4711')
  await marie.choose('Media')
  await marie.sees('In Grace Hopper’s browser')
  await marie.sees('That browser is open now.')
  await isAccessible(marie.page, 'media-elsewhere-open')
  expect(await keptMedia(marie.page), 'nothing is fetched by itself').toEqual({})
})

test('L3 S6 a snapshot is fetched from the colleague’s browser, whole, and says from where it is', async () => {
  await marie.press('Fetch Image 1')
  await marie.sees('Fetched from Grace Hopper')
  await marie.press('View Image 1')
  expect(await colourOf(marie)).toBe('red')
  await marie.confirm('Close')
  const [mine, hers] = [await keptMedia(marie.page), await keptMedia(grace.page)]
  expect(Object.keys(mine)).toHaveLength(1)
  expect(Object.keys(hers)).toHaveLength(3)
  expect(hers).toMatchObject(mine)
  await isAccessible(marie.page, 'media-fetched')
})

test('L3 S7 a recording is fetched, plays, and is wound', async () => {
  await marie.press('Fetch Recording 1')
  await marie.press('View Recording 1')
  const film = await watchFilm(marie.page)
  expect(inOrder(film)).toEqual(['red', 'blue'])
  expect(film.seekable).toBeCloseTo(film.duration, 1)
  await marie.confirm('Close')
})

test('L3 whose browser is closed is said, and seen when it opens; a cut half-way is gone on with from there', async () => {
  await closeDesk(grace)
  await marie.sees('That browser is not open. Ask Grace Hopper to open Deskside')
  await isAccessible(marie.page, 'media-elsewhere-away')
  await watchFileLink(grace.page)
  await grace.page.goBack({ waitUntil: [] })
  await grace.sees('Create connection ID')
  await marie.sees('That browser is open now.', 30_000)
  const size = await grace.page.evaluate(largest)
  expect(size, 'it takes more than a few frames').toBeGreaterThan(300_000)
  await swallowAfter(grace.page, 200_000)
  await marie.press('Fetch Image 2')
  await marie.sees(/1\d\d kB (?:of|are here)/)
  await closeDesk(grace)
  await marie.sees(/Waiting for Grace Hopper’s browser\. 1\d\d kB of \d/, 30_000)
  await isAccessible(marie.page, 'media-fetch-waits')
  await grace.page.goBack({ waitUntil: [] })
  await grace.sees('Create connection ID')
  await marie.press('View Image 2')
  await marie.confirm('Close')
  expect(await fileBytesSent(grace.page), 'what was here did not come again').toBeLessThan(size - 100_000)
  const [mine, hers] = [await keptMedia(marie.page), await keptMedia(grace.page)]
  expect(Object.keys(mine)).toHaveLength(3)
  expect(mine).toEqual(hers)
})

test('L3 L7 what was fetched is in the ZIP of all images, and in that of the ticket', async () => {
  const zip = await downloaded(marie.page, () => marie.press('Download all images (2)'))
  expect(zipEntries(zip.bytes)).toHaveLength(2)
  await marie.press('Export the ticket…')
  const all = await downloaded(marie.page, () => marie.confirm('Export'))
  const names = zipEntries(all.bytes).map(({ name }) => name)
  expect(names.filter((name) => /^(?:images|video)\//.test(name))).toHaveLength(3)
})

test('L3 F3 a copy is deleted by itself; the original stays, and can be fetched again; in French', async () => {
  await marie.press('View Image 1')
  await marie.confirm('Delete')
  await marie.sees('is deleted from this browser only')
  await marie.confirm('Delete')
  await marie.press('Fetch Image 1')
  await marie.press('View Image 1')
  await marie.confirm('Delete')
  await marie.confirm('Delete')
  await marie.sees('That browser is open now.')
  await marie.press(/My account[\s\S]*/)
  await marie.choose('Français')
  await marie.page.setViewport({ width: 390, height: 860 })
  await marie.page.evaluate((id) => {
    location.hash = `#/log/ticket/${id}`
  }, ticket)
  await marie.choose('Médias')
  await marie.sees('Ce navigateur est ouvert en ce moment.')
  expect(await leftInEnglish(marie.page)).toEqual([])
  await isAccessible(marie.page, 'media-elsewhere-french-narrow')
})

test('L3 L7 what its maker deletes is gone from the list, and so are the copies', async () => {
  await openMedia(grace)
  await grace.press('View Image 2')
  await grace.confirm('Delete')
  await grace.confirm('Delete')
  await marie.seesNot('Image 2')
  await expect.poll(async () => Object.keys(await keptMedia(marie.page)).length).toBe(1)
})

// The three below run in the page.

async function colourOf({ page }: Technician) {
  await page.waitForSelector('dialog img')
  return await page.$eval('dialog img', async (element) => {
    const image = element as HTMLImageElement
    await image.decode()
    const context = new OffscreenCanvas(1, 1).getContext('2d')
    context?.drawImage(image, image.naturalWidth * 0.75, image.naturalHeight * 0.5, 8, 8, 0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0] = context?.getImageData(0, 0, 1, 1).data ?? []
    return red > 160 && green < 110 && blue < 110 ? 'red' : blue > 160 && red < 110 && green < 110 ? 'blue' : 'other'
  })
}

/** Whether the middle of the right half is of many colours. */
function isNoise(): boolean {
  const video = document.querySelector('video')
  if (!video || video.readyState < 2) return false
  const context = new OffscreenCanvas(64, 64).getContext('2d')
  context?.drawImage(video, video.videoWidth * 0.75, video.videoHeight * 0.5, 64, 64, 0, 0, 64, 64)
  return new Set(new Uint32Array(context?.getImageData(0, 0, 64, 64).data.buffer ?? new ArrayBuffer(0))).size > 1000
}

async function largest(): Promise<number> {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('media')
  let size = 0
  for await (const handle of (
    folder as FileSystemDirectoryHandle & { values(): AsyncIterable<FileSystemHandle> }
  ).values())
    if (handle instanceof FileSystemFileHandle) size = Math.max(size, (await handle.getFile()).size)
  return size
}
