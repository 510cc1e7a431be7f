import type { Page } from 'puppeteer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { openAccount } from '../support/account.ts'
import { drawLine, watchInk } from '../support/board.ts'
import { waitForColour } from '../support/colours.ts'
import { downloaded } from '../support/files.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { type Sharing, shareScreen } from '../support/sharing.ts'
import { openTechnician, type Technician } from '../support/technician.ts'
import { startXvfb } from '../support/xvfb.ts'

const over = new AbortController()
const { signal } = over
let server: TestServer
let technician: Technician
let sharing: Sharing

beforeAll(async () => {
  server = await startTestServer({ signal })
  const { display } = await startXvfb({ signal })
  technician = await openTechnician(server.setupLink, { signal })
  sharing = await shareScreen(technician, { name: 'Jean / Dupont', display, signal })
})
afterAll(() => over.abort())

test('S6 the media tab says how its first image is made', async () => {
  await technician.choose('Media')
  await technician.sees('Nothing was kept yet')
  await technician.sees('press S to keep an image')
  await isAccessible(technician.page, 'media-empty')
})

test('S6 S keeps the very picture that is shown, at its full size, and says so calmly', async () => {
  const { page } = technician
  await page.keyboard.press('s')
  await technician.sees('Image 1 is kept under the ticket')
  await isAccessible(page, 'snapshot-kept')
  await sharing.colours.show('blue')
  await waitForColour(page, 'blue')
  await technician.press('Snapshot')
  await technician.sees('Image 2 is kept under the ticket')
  await technician.press('Open')
  await technician.sees(/1280 × 800 · \d+(?:\.\d)? kB/)
  // The list beside it says the size already.
  await page.waitForFunction(() => (document.querySelector<HTMLImageElement>('dialog img')?.naturalWidth ?? 0) > 0, {
    polling: 100,
  })
  const shown = await pictureSize(page, 'dialog img')
  expect(shown).toEqual(await pictureSize(page, 'main video'))
  expect(shown).toEqual({ width: 1280, height: 800 })
  expect(await colourOf(page, 'dialog img'), 'the second was taken when it was blue').toBe('blue')
  await isAccessible(page, 'snapshot-view')
  await technician.confirm('Close')
})

test('S6 S5 with what is drawn on it, or without', async () => {
  const { page } = technician
  await watchInk(page)
  await drawLine(technician)
  await technician.press('Snapshot')
  await technician.sees('Image 3 is kept under the ticket')
  await technician.press('Open')
  expect(await colourOf(page, 'dialog img'), 'the line').toBe('red')
  await technician.confirm('Delete')
  await technician.confirm('Delete')
  await technician.press('With drawings')
  await technician.press('Snapshot')
  await technician.sees('Image 3 is kept under the ticket')
  await technician.press('Open')
  expect(await colourOf(page, 'dialog img'), 'what is behind the line').toBe('blue')
  await technician.confirm('Delete')
  await technician.confirm('Delete')
  await technician.press('Undo')
  await technician.press('Pen')
})

test('S6 S5 of the white sheet, while that is looked at', async () => {
  const { page } = technician
  await technician.press('Whiteboard')
  await drawLine(technician)
  await page.keyboard.press('s')
  await technician.sees('Image 3 is kept under the ticket')
  await technician.press('Open')
  expect(await colourOf(page, 'dialog img'), 'the line').toBe('red')
  await technician.confirm('Delete')
  await technician.confirm('Delete')
  await technician.press('Undo')
  await technician.press('Snapshot')
  await technician.press('Open')
  expect(await colourOf(page, 'dialog img'), 'the sheet, and not the screen behind it').toBe('white')
  await technician.confirm('Delete')
  await technician.confirm('Delete')
  await technician.press('Pen')
  await technician.press('Whiteboard')
})

test('S6 while somebody writes, S is a letter', async () => {
  await technician.choose('Chat')
  await technician.fill('Write to Jean / Dupont…', 'ss')
  await technician.choose('Media')
  await technician.sees('Image 2')
  await technician.seesNot('Image 3')
})

test('S6 snapshots are kept over a reload, are downloaded under a name that says what they are, and are deleted', async () => {
  const { page } = technician
  await page.evaluate((ticket) => {
    location.hash = `#/ticket/${ticket}`
    location.reload()
  }, sharing.ticket)
  await technician.choose('Media')
  await technician.press('View Image 1')
  await page.waitForSelector('dialog img')
  expect(await colourOf(page, 'dialog img'), 'the first was taken when it was red').toBe('red')
  const file = await downloaded(page, () => technician.confirm('Download'))
  expect(file.name).toMatch(/^Jean Dupont \d{4}-\d\d-\d\d \d\d-\d\d image 1\.png$/)
  expect([...file.bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  expect(Buffer.from(file.bytes).readUInt32BE(16)).toBe(1280)
  expect(Buffer.from(file.bytes).readUInt32BE(20)).toBe(800)

  await technician.confirm('Delete')
  await technician.sees('is deleted from this browser, from the server where it was kept there')
  await technician.confirm('Cancel')
  await technician.confirm('Delete')
  await technician.confirm('Delete')
  await technician.seesNot('Image 1')
  expect(await kept(page), 'one picture is left on the disk').toHaveLength(1)
  await page.reload()
  await technician.choose('Media')
  await technician.sees('Image 2')
  await technician.seesNot('Image 1')
})

test('S6 F3 the media tab in French, in a narrow window', async () => {
  await openAccount(technician)
  await technician.sees(/1 image or recording, \d+(?:\.\d)? kB/)
  await technician.choose('Français')
  await technician.page.setViewport({ width: 390, height: 860 })
  await technician.page.evaluate((ticket) => {
    location.hash = `#/ticket/${ticket}`
  }, sharing.ticket)
  await technician.choose('Médias')
  await technician.sees('Image 2')
  expect(await leftInEnglish(technician.page)).toEqual([])
  await isAccessible(technician.page, 'media-french-narrow')
})

// The three below run in the page.

function pictureSize(page: Page, selector: string) {
  return page.$eval(selector, (element) =>
    element instanceof HTMLVideoElement
      ? { width: element.videoWidth, height: element.videoHeight }
      : { width: (element as HTMLImageElement).naturalWidth, height: (element as HTMLImageElement).naturalHeight },
  )
}

/** In the middle of the right half. */
async function colourOf(page: Page, selector: string) {
  await page.waitForSelector(selector)
  return await page.$eval(selector, async (element) => {
    const image = element as HTMLImageElement
    await image.decode()
    const context = new OffscreenCanvas(1, 1).getContext('2d')
    context?.drawImage(image, image.naturalWidth * 0.75, image.naturalHeight * 0.5, 8, 8, 0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0] = context?.getImageData(0, 0, 1, 1).data ?? []
    if (Math.min(red, green, blue) > 250) return 'white'
    return red > 160 && green < 110 && blue < 110 ? 'red' : blue > 160 && red < 110 && green < 110 ? 'blue' : 'other'
  })
}

function kept(page: Page) {
  return page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('media')
    const names: string[] = []
    for await (const [name] of folder as FileSystemDirectoryHandle & AsyncIterable<[string, unknown]>) names.push(name)
    return names
  })
}
