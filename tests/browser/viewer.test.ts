import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { MODES, type ModeSettings } from '../../peer/modes.ts'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { putToSleep } from '../support/asleep.ts'
import { draw, waitForInk, watchInk } from '../support/board.ts'
import { waitForColour } from '../support/colours.ts'
import { type Customer, openCustomer, openOwnWindow } from '../support/customer.ts'
import { pressInFront } from '../support/press-in-front.ts'
import { takeScreenshot } from '../support/screenshot.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician, type Technician } from '../support/technician.ts'
import { startXvfb } from '../support/xvfb.ts'

const over = new AbortController()
const { signal } = over
let technician: Technician
let customer: Customer

beforeAll(async () => {
  const server = await startTestServer({ signal })
  const { display } = await startXvfb({ signal })
  technician = await openTechnician(server.setupLink, { signal })
  const { link } = await technician.create('Jean Dupont', 'The printer says “offline”')
  const own = await openOwnWindow(display, signal)
  await own.show('blue')
  customer = await openCustomer('about:blank', { signal, display })
  await customer.page.evaluateOnNewDocument(holdSettings)
  await customer.page.goto(link)
  await customer.press('Share my screen')
  await technician.press(/.*Jean Dupont.*/)
  await technician.press('See the screen')
  await waitForColour(technician.page, 'blue')
})
afterAll(() => over.abort())

declare global {
  interface Window {
    /** What the sender of the shared screen was set to last, and took. */
    deskside_test_settings?: Partial<ModeSettings>
  }
}

type Box = { x: number; y: number; width: number; height: number }
type Seen = { video: Box; stage: Box; picture: { width: number; height: number }; ratio: number }

/** Where the picture lies, in CSS pixels of the page, and how large it really is. */
const seen = (): Promise<Seen> =>
  technician.page.evaluate(() => {
    const video = document.querySelector('video')
    const box = (element?: Element | null) => {
      const { x, y, width, height } = element?.getBoundingClientRect() ?? new DOMRect()
      return { x, y, width, height }
    }
    return {
      video: box(video),
      stage: box(video?.parentElement),
      picture: { width: video?.videoWidth ?? 0, height: video?.videoHeight ?? 0 },
      ratio: devicePixelRatio,
    }
  })

/** Waits until what is seen is so. */
const eventually = (check: (now: Seen) => void) => vi.waitFor(async () => check(await seen()), { timeout: 10_000 })

test('S2 the picture fits, is shown at its actual size, and is moved by drag and arrow keys', async () => {
  await eventually(({ video, stage, picture }) => {
    expect(video.width / video.height).toBeCloseTo(picture.width / picture.height, 1)
    expect(video.width <= stage.width + 1 && video.height <= stage.height + 1).toBe(true)
    expect(Math.abs(video.width - stage.width) < 1.5 || Math.abs(video.height - stage.height) < 1.5).toBe(true)
  })
  await technician.press('Actual size')
  await eventually(({ video, picture, ratio }) => expect(video.width).toBeCloseTo(picture.width / ratio, 0))
  await technician.press('Zoom in')
  await technician.press('Zoom in')
  await eventually(({ video, picture, ratio }) => expect(video.width).toBeCloseTo((picture.width / ratio) * 1.5625, 0))
  const before = await seen()
  const middle = { x: before.stage.x + before.stage.width / 2, y: before.stage.y + before.stage.height / 2 }
  await technician.page.mouse.move(middle.x, middle.y)
  await technician.page.mouse.down()
  await technician.page.mouse.move(middle.x + 40, middle.y + 30)
  await technician.page.mouse.up()
  await eventually(({ video }) => expect([video.x, video.y]).toEqual([before.video.x + 40, before.video.y + 30]))
  await technician.page.focus('::-p-aria([role="region"][name="Screen of Jean Dupont"])')
  await technician.page.keyboard.press('ArrowRight')
  await eventually(({ video }) => expect(video.x).toBe(before.video.x - 20))
  await isAccessible(technician.page, 'viewer-zoomed')
})

test('S2 zooming with the wheel keeps what is under the pointer', async () => {
  await technician.page.keyboard.press('f')
  await eventually(({ video, stage }) => expect(video.width).toBeLessThanOrEqual(stage.width + 1))
  const before = await seen()
  const pointer = { x: before.video.x + before.video.width * 0.5, y: before.video.y + before.video.height * 0.45 }
  await technician.page.mouse.move(pointer.x, pointer.y)
  await technician.page.keyboard.down('Control')
  for (let turn = 0; turn < 3; turn += 1) await technician.page.mouse.wheel({ deltaY: -200 })
  await technician.page.keyboard.up('Control')
  await eventually(({ video }) => {
    expect(video.width).toBeGreaterThan(before.video.width * 2)
    expect((pointer.x - video.x) / video.width).toBeCloseTo(0.5, 2)
    expect((pointer.y - video.y) / video.height).toBeCloseTo(0.45, 2)
  })
  await technician.page.keyboard.press('f')
})

test('S2 each way to look at the picture has its key', async () => {
  const { keyboard } = technician.page
  await keyboard.press('0')
  await eventually(({ video, picture, ratio }) => expect(video.width).toBeCloseTo(picture.width / ratio, 0))
  await keyboard.press('+')
  await eventually(({ video, picture, ratio }) => expect(video.width).toBeCloseTo((picture.width / ratio) * 1.25, 0))
  await keyboard.press('-')
  await eventually(({ video, picture, ratio }) => expect(video.width).toBeCloseTo(picture.width / ratio, 0))
  await keyboard.press('f')
  await eventually(({ video, stage }) => expect(video.width).toBeLessThanOrEqual(stage.width + 1))
})

test('S2 S5 each way to send the picture and each tool around it has its key', async () => {
  const { page } = technician
  for (const [key, mode] of [
    ['Q', 'Best quality'],
    ['S', 'Best speed'],
    ['A', 'Automatic'],
  ] as const) {
    await page.keyboard.press(key)
    const chosen = () => page.$eval(`::-p-aria([role="radio"][name="${mode}"])`, (radio) => radio.matches(':checked'))
    await vi.waitFor(async () => expect(await chosen(), `${key} chooses ${mode}`).toBe(true), { timeout: 10_000 })
  }
  const pressed = async (name: string) =>
    await page.$eval(`::-p-aria([role="button"][name="${name}"])`, (button) => button.ariaPressed)
  const before = await pressed('With drawings')
  await page.keyboard.press('d')
  await vi.waitFor(async () => expect(await pressed('With drawings')).not.toBe(before), { timeout: 10_000 })
  await page.keyboard.press('d')
  await drawsByKeys()
})

/** On the white sheet, which the customer sees, and back to the picture. */
async function drawsByKeys() {
  const { page } = technician
  await page.keyboard.press('w')
  await page.waitForSelector('::-p-aria([role="region"][name="Whiteboard"])')
  await customer.sees('Marie Blanc shows you a whiteboard')
  await watchInk(page)
  await page.keyboard.press('b')
  await draw(page, [
    [0.3, 0.3],
    [0.7, 0.7],
  ])
  await waitForInk(page, [0.3, 0.5], 'drawn')
  await page.keyboard.press('C')
  await waitForInk(page, [0.3, 0.5], 'nothing')
  await page.keyboard.press('Escape')
  await page.keyboard.press('w')
  await waitForColour(page, 'blue')
}

test('S2 S14 what is really received is told, and the tools fold', async () => {
  await technician.seesNot('kbit/s')
  await technician.page.keyboard.press('i')
  await technician.sees(/\d+ × \d+/)
  await technician.sees(/\d+ kbit\/s/)
  await technician.sees(/VP8|AV1/)
  await technician.sees(/Pictures\s+\d+ a second/)
  await technician.sees(/Delay\s+\d+ ms/)
  await technician.sees(/Lost\s+[\d.]+%/)
  await technician.sees(/Way\s+Direct/)
  await isAccessible(technician.page, 'viewer-figures')
  await technician.page.keyboard.press('u')
  await technician.seesNot('Best quality')
  await takeScreenshot(technician.page, 'viewer-folded')
  await drawsByKeys()
  await technician.page.keyboard.press('Q')
  await technician.press(/Tools/)
  await vi.waitFor(async () => expect(await technician.isOn('Best quality')).toBe(true), { timeout: 10_000 })
  await technician.page.keyboard.press('i')
})

test('S3 each mode sets at the customer’s sender what it stands for', async () => {
  const settings = () => customer.page.evaluate(() => window.deskside_test_settings)
  for (const [name, mode] of [
    ['Best speed', 'speed'],
    ['Best quality', 'quality'],
    ['Automatic', 'automatic'],
  ] as const) {
    await technician.choose(name)
    await expect.poll(settings, { message: name }).toEqual(MODES[mode])
  }
})

test('S2 full screen, and a window of its own for the picture: closing it puts it back', async () => {
  await technician.press(/Full screen/)
  await technician.page.waitForFunction(() => document.fullscreenElement !== null, { polling: 100 })
  await technician.page.keyboard.press('F')
  await technician.page.waitForFunction(() => document.fullscreenElement === null, { polling: 100 })
  await technician.press(/Own window/)
  await technician.sees('The picture is in a window of its own')
  expect(await technician.page.$('main video')).toBeNull()
  await technician.page.waitForFunction(playsInFront, { polling: 100 })
  await technician.press('Show it here')
  await waitForColour(technician.page, 'blue')
  await technician.page.keyboard.press('o')
  await technician.page.waitForFunction(playsInFront, { polling: 100 })
  await technician.page.evaluate(() => window.documentPictureInPicture?.window?.close())
  await waitForColour(technician.page, 'blue')
})

test('S2 S13 the picture’s own window hears the keys, and tells of a cut', async () => {
  const { page } = technician
  await page.keyboard.press('f')
  await page.keyboard.press('o')
  await page.waitForFunction(playsInFront, { polling: 100 })
  await pressInFront(page, { key: 'f' })
  const actual = await page.waitForFunction(widthInFront, { polling: 100 }, 0)
  const width = Number(await actual.jsonValue())
  await pressInFront(page, { key: '+' })
  await page.waitForFunction(widthInFront, { polling: 100 }, width * 1.2)
  await pressInFront(page, { key: 'f' })
  const wake = putToSleep(customer.browser)
  await page.waitForFunction(readInFront, { polling: 100, timeout: 30_000 }, 'The connection to Jean Dupont was cut')
  wake()
  await technician.seesNot('was cut')
  await page.evaluate(() => window.documentPictureInPicture?.window?.close())
  await technician.sees('Best quality')
  await waitForColour(page, 'blue')
})

test('S2 F3 in French, on a narrow screen', async () => {
  await technician.page.keyboard.press('?')
  await technician.sees('Move the picture')
  await technician.confirm('Close')
  await technician.page.setViewport({ width: 390, height: 800 })
  await isAccessible(technician.page, 'viewer-narrow')
  await technician.page.setViewport({ width: 1440, height: 860 })
  await technician.page.evaluate(() => {
    location.hash = '#/account'
  })
  await technician.choose('Français')
  await technician.page.goBack()
  await technician.sees('Meilleure qualité')
  await technician.page.keyboard.press('i')
  await technician.sees('par seconde')
  expect(await leftInEnglish(technician.page)).toEqual([])
  await isAccessible(technician.page, 'viewer-french')
})

/** Runs in the page, before its own scripts. */
function holdSettings(): void {
  const { setParameters } = RTCRtpSender.prototype
  RTCRtpSender.prototype.setParameters = async function (parameters, ...more) {
    await setParameters.call(this, parameters, ...more)
    const { contentHint } = this.track ?? {}
    if (contentHint === undefined || this.track?.kind !== 'video') return
    const { degradationPreference, encodings } = this.getParameters()
    const { maxBitrate, maxFramerate } = encodings[0] ?? {}
    Object.assign(window, {
      deskside_test_settings: { contentHint, degradationPreference, maxBitrate, maxFramerate },
    })
  }
}

/** Runs in the page: the window in front of all others shows a picture. */
function playsInFront(): boolean {
  const video = window.documentPictureInPicture?.window?.document.querySelector('video')
  return video !== null && video !== undefined && video.videoWidth > 0 && !video.paused
}

/** Runs in the page: how broad the picture in the window in front is, once it is broader than so much. */
function widthInFront(than: number): number | false {
  const video = window.documentPictureInPicture?.window?.document.querySelector('video')
  const width = video?.getBoundingClientRect().width ?? 0
  return width > than && width
}

/** Runs in the page: whether the window in front says so. */
function readInFront(words: string): boolean {
  return window.documentPictureInPicture?.window?.document.body.innerText.includes(words) ?? false
}
