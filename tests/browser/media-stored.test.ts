import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { inviteByMail, openAccount, tokensOf } from '../support/account.ts'
import { waitForColour } from '../support/colours.ts'
import { inOrder, watchFilm } from '../support/film.ts'
import { keptMedia } from '../support/kept-media.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { type Sharing, shareScreen } from '../support/sharing.ts'
import { openDesk, openTechnician, signUp, type Technician, toQueue } from '../support/technician.ts'
import { startXvfb } from '../support/xvfb.ts'

const over = new AbortController()
const { signal } = over
let mail: MailServer
let server: TestServer
/** An admin, who was not in the session. */
let marie: Technician
let grace: Technician
let sharing: Sharing
/** SHA-256 of what Grace Hopper made, by its name. */
let hers: Record<string, string>

const pieces = () => path.join(server.dataDir, 'media')

async function openMedia(technician: Technician, label = 'Media') {
  await technician.page.evaluate((id) => {
    location.hash = `#/log/ticket/${id}`
  }, sharing.ticket)
  await technician.choose(label)
}

/** As an admin's browser would ask. */
async function setQuota(quotaBytes: number) {
  const [token] = await tokensOf(marie.page)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ on: true, quotaBytes })
  expect((await fetch(`${server.url}/api/media-store`, { method: 'POST', headers, body })).status).toBe(200)
}

beforeAll(async () => {
  mail = await startMailServer()
  server = await startTestServer({ env: mail.environment, signal })
  const { display } = await startXvfb({ signal })
  marie = await openTechnician(server.setupLink, { signal })
  grace = await openDesk({ signal })
  await signUp(grace, await inviteByMail(marie, mail, 'grace@acme.example', 'Support'), 'Grace Hopper')
  sharing = await shareScreen(grace, { name: 'Jean Dupont', display, signal })
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
  hers = await keptMedia(grace.page)
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

test('L3 G3 nothing is brought to the server until an admin wants it; then it is there, sealed, and the desk says so', async () => {
  expect(existsSync(pieces())).toBe(false)
  await openAccount(marie)
  await marie.sees('Images and recordings on the server')
  await marie.tick('Keep images and recordings on the server, sealed')
  await marie.fill('At most, in gigabytes', '0')
  await marie.press('Save for the help desk')
  await marie.sees('Write a whole number of gigabytes from 1 to 100000.')
  await marie.fill('At most, in gigabytes', '2')
  await marie.press('Save for the help desk')
  await marie.sees('Saved.')
  await expect
    .poll(async () => (existsSync(pieces()) ? await readdir(pieces()) : []), { timeout: 20_000 })
    .toHaveLength(2)
  await marie.sees(/[\d.]+ [kM]B of 2 GB are used/)
  await isAccessible(marie.page, 'media-store')
  for (const id of await readdir(pieces())) {
    const bytes = await readFile(path.join(pieces(), id, '0'), 'latin1')
    for (const mark of ['\x89PNG', 'IHDR', 'webm', 'V_VP8']) expect(bytes.includes(mark), mark).toBe(false)
  }
})

test('L3 G3 a full store is said, and what waits follows by itself when there is room', async () => {
  await setQuota(1_000_000)
  await sharing.colours.showNoise()
  await grace.page.waitForFunction(isNoise, { polling: 200 })
  await grace.press('Snapshot')
  await grace.sees('Image 2 is kept under the ticket')
  await toQueue(grace)
  await openAccount(grace)
  await grace.sees('The room on the server is full. Images and recordings in this browser only: 1.')
  await isAccessible(grace.page, 'media-store-full')
  // Opened anew it is still known what waits.
  await grace.page.reload()
  await grace.sees('The room on the server is full.')
  await setQuota(2_000_000_000)
  await grace.sees('are on the server as well, sealed')
  expect(await readdir(pieces())).toHaveLength(3)
  hers = await keptMedia(grace.page)
})

test('L3 S6 S7 with that browser closed, an admin on another profile fetches them from the server, the same to the last byte', async () => {
  await toQueue(grace)
  await grace.press(/.*Jean Dupont.*/)
  await grace.press('Resolve')
  await grace.confirm('Resolve')
  await grace.sees('You resolved this ticket')
  await grace.page.goto('about:blank')
  await openMedia(marie)
  await marie.sees('On the server, sealed. It can be fetched from there.')
  await isAccessible(marie.page, 'media-stored')
  await marie.press('Fetch all (3)')
  await marie.press('View Recording 1')
  expect(inOrder(await watchFilm(marie.page))).toEqual(['red', 'blue'])
  await marie.confirm('Close')
  await marie.press('View Image 1')
  await marie.confirm('Close')
  expect(await keptMedia(marie.page)).toEqual(hers)
})

test('L3 G3 what was changed on the server is refused, and nothing of it is kept', async () => {
  await marie.press('View Image 1')
  await marie.confirm('Delete')
  await marie.sees('is deleted from this browser only')
  await marie.confirm('Delete')
  await marie.sees('On the server, sealed.')
  const kept = await keptMedia(marie.page)
  const image = Object.keys(hers).find((id) => !Object.hasOwn(kept, id)) ?? ''
  const file = path.join(pieces(), image, '0')
  const whole = await readFile(file)
  const changed = Buffer.from(whole)
  changed[5_000] = (changed[5_000] ?? 0) ^ 1
  await writeFile(file, changed)
  await marie.press('Fetch Image 1')
  await marie.sees('What the server keeps of Image 1 is not what was brought there')
  await isAccessible(marie.page, 'media-tampered')
  expect(await keptMedia(marie.page)).toEqual(kept)
  await writeFile(file, whole)
  await marie.press('Try again to fetch Image 1')
  await marie.press('View Image 1')
  await marie.confirm('Close')
  expect(await keptMedia(marie.page)).toEqual(hers)
})

test('L3 L7 F3 deleted by who made it, it goes from the server too; in French', async () => {
  await grace.page.goBack({ waitUntil: [] })
  await grace.sees('This ticket is not in your queues any more')
  await openMedia(grace)
  await grace.press('View Image 2')
  await grace.confirm('Delete')
  await grace.confirm('Delete')
  await marie.seesNot('Image 2')
  await expect.poll(() => readdir(pieces()), { timeout: 20_000 }).toHaveLength(2)
  await openAccount(marie)
  await marie.choose('Français')
  await marie.page.setViewport({ width: 390, height: 860 })
  await marie.sees('Garder les images et enregistrements sur le serveur, scellés')
  expect(await leftInEnglish(marie.page)).toEqual([])
  await isAccessible(marie.page, 'media-store-french-narrow')
})

/** Runs in the page: whether the middle of the right half is of many colours. */
function isNoise(): boolean {
  const video = document.querySelector('video')
  if (!video || video.readyState < 2) return false
  const context = new OffscreenCanvas(64, 64).getContext('2d')
  context?.drawImage(video, video.videoWidth * 0.75, video.videoHeight * 0.5, 64, 64, 0, 0, 64, 64)
  return new Set(new Uint32Array(context?.getImageData(0, 0, 64, 64).data.buffer ?? new ArrayBuffer(0))).size > 1000
}
