import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ElementHandle, Page } from 'puppeteer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { drawLine, watchInk } from '../support/board.ts'
import { waitForColour } from '../support/colours.ts'
import { drop } from '../support/files.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { type Sharing, shareScreen } from '../support/sharing.ts'
import { openTechnician, type Technician } from '../support/technician.ts'
import { startXvfb } from '../support/xvfb.ts'

const over = new AbortController()
const { signal } = over
let server: TestServer
let technician: Technician
let sharing: Sharing
let folder: string

beforeAll(async () => {
  server = await startTestServer({ signal })
  const { display } = await startXvfb({ signal })
  technician = await openTechnician(server.setupLink, { signal })
  sharing = await shareScreen(technician, { name: 'Jean', display, signal })
  folder = await mkdtemp(path.join(tmpdir(), 'deskside-pictures-'))
})
afterAll(async () => {
  over.abort()
  await rm(folder, { recursive: true, force: true })
})

test('S6 Q7 a snapshot is sent into the chat, shown inline on both sides, and large when pressed', async () => {
  const { customer } = sharing
  await technician.page.keyboard.press('s')
  await technician.sees('Image 1 is kept')
  await technician.press('Open')
  await technician.confirm('Send to Jean')
  await customer.page.waitForSelector(IN_CHAT)
  expect(await sizeOf(customer.page, IN_CHAT)).toEqual({ width: 1280, height: 800 })
  await technician.page.waitForSelector(IN_CHAT)
  await technician.seesNot('Not delivered yet')
  await isAccessible(technician.page, 'picture-technician')
  await customer.press('View Picture from Marie Blanc')
  await customer.sees('Picture from Marie Blanc')
  await isAccessible(customer.page, 'picture-customer-large')
  await customer.confirm('Close')
  await technician.press('View Image 1')
  await technician.sees('1280 × 800')
  await technician.confirm('Close')
})

test('S6 S5 a snapshot with what was drawn on the screen goes into the chat as it is', async () => {
  const { customer, colours } = sharing
  const { page } = technician
  await colours.show('blue')
  await waitForColour(page, 'blue')
  await watchInk(page)
  await drawLine(technician)
  await technician.press('Snapshot')
  await technician.sees('Image 2 is kept')
  await technician.press('Open')
  await technician.confirm('Send to Jean')
  await technician.seesNot('Not delivered yet')
  await seesPictures(customer.page, 2)
  const shown = await customer.page.$$eval(IN_CHAT, lastPixels, [
    [0.75, 0.505],
    [0.75, 0.7],
  ])
  expect(shown).toEqual(['red', 'blue'])
  await technician.press('Undo')
  await technician.press('Pen')
})

/** Runs in the page: what colour the last picture has at these places. */
async function lastPixels(pictures: Element[], places: number[][]): Promise<string[]> {
  const picture = pictures.at(-1) as HTMLImageElement
  await picture.decode()
  const { naturalWidth: width, naturalHeight: height } = picture
  const context = new OffscreenCanvas(width, height).getContext('2d')
  context?.drawImage(picture, 0, 0)
  return places.map(([x = 0, y = 0]) => {
    const [red = 0, green = 0, blue = 0] = context?.getImageData(x * width, y * height, 1, 1).data ?? []
    return red > 160 && blue < 110 && green < 110 ? 'red' : blue > 160 && red < 110 ? 'blue' : `${red},${green},${blue}`
  })
}

test('S6 Q7 the customer sends a picture by its button and by dropping it: it is kept under the ticket', async () => {
  const { customer } = sharing
  const chosen = await aPicture('A photo.png', { width: 640, height: 480, noise: false })
  await choose(customer.page, chosen)
  await seesPictures(technician.page, 3)
  await customer.seesNot('Not delivered yet')
  await technician.choose('Media')
  await technician.sees('Picture 1')
  await technician.sees('640 × 480')
  await technician.choose('Chat')

  // What is large goes over the line smaller.
  const large = await aPicture('Large.png', { width: 2600, height: 1600, noise: true })
  await customer.page.$eval('::-p-aria([role="region"][name="Chat"])', (chat) =>
    chat.scrollIntoView({ block: 'center' }),
  )
  await drop(customer.page, { file: large, over: '::-p-aria([role="region"][name="Chat"])', whileHeld: async () => {} })
  await seesPictures(technician.page, 4, 60_000)
  await technician.choose('Media')
  await technician.sees('Picture 2')
  const kept = await technician.page.$eval('aria/View Picture 2', ({ textContent }) => textContent)
  expect(kept).toMatch(/ · (\d{2,3} kB|[1-4](\.\d)? MB)$/)
  await technician.choose('Chat')
  await isAccessible(customer.page, 'picture-customer')
})

test('S6 what is no picture is not sent, and said', async () => {
  const { customer } = sharing
  const page = path.join(folder, 'holiday.png')
  await writeFile(page, '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  await choose(customer.page, page)
  await customer.sees('“holiday.png” is no picture that can be sent')
  expect(await customer.page.$$(IN_CHAT)).toHaveLength(4)
})

test('S6 Q7 after a reload the customer’s page says that there was a picture; one sent meanwhile arrives', async () => {
  const { customer } = sharing
  await technician.page.evaluate(() => {
    location.hash = `${location.hash.replace('session', 'ticket')}`
  })
  await customer.page.goto('about:blank')
  await technician.sees('Not here yet')
  await technician.choose('Media')
  await technician.press('View Image 1')
  await technician.confirm('Send to Jean')
  await technician.choose('Chat')
  await technician.sees('Not delivered yet')
  await technician.page.reload()
  await technician.sees('Not delivered yet')
  await customer.page.goBack()
  await customer.page.waitForSelector(IN_CHAT)
  await customer.sees('A picture that this page has no more')
  await technician.seesNot('Not delivered yet')
})

/** Every picture of the chat. */
const IN_CHAT = '::-p-aria([role="log"]) img'

/** Waits until there are so many. @param timeout ms */
const seesPictures = (page: Page, count: number, timeout = 20_000) =>
  expect.poll(() => page.$$(IN_CHAT), { timeout }).toHaveLength(count)

async function choose(page: Page, file: string) {
  const input = (await page.waitForSelector(
    'input[aria-label="Send a picture"]',
  )) as ElementHandle<HTMLInputElement> | null
  await input?.uploadFile(file)
}

/** Drawn by a browser. */
async function aPicture(name: string, how: { width: number; height: number; noise: boolean }): Promise<string> {
  const base64 = await technician.page.evaluate(async ({ width, height, noise }) => {
    const canvas = new OffscreenCanvas(width, height)
    const context = canvas.getContext('2d')
    const image = context?.createImageData(width, height)
    if (!context || !image) throw new Error('no canvas')
    for (let at = 0; at < image.data.length; at += 1)
      image.data[at] = at % 4 === 3 ? 255 : noise ? Math.random() * 256 : 90
    context.putImageData(image, 0, 0)
    const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())
    let binary = ''
    for (let at = 0; at < bytes.length; at += 4096) binary += String.fromCharCode(...bytes.subarray(at, at + 4096))
    return btoa(binary)
  }, how)
  const file = path.join(folder, name)
  await writeFile(file, Buffer.from(base64, 'base64'))
  return file
}

function sizeOf(page: Page, selector: string) {
  return page.$eval(selector, (element) => {
    const { naturalWidth: width, naturalHeight: height } = element as HTMLImageElement
    return { width, height }
  })
}
