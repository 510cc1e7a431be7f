import type { CDPSession, Page } from 'puppeteer'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { DRAWN_ON, draw, type Place, waitForInk, watchInk } from '../support/board.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { chromiumCapture } from '../support/launch.ts'
import { pressInFront } from '../support/press-in-front.ts'
import { takeScreenshot } from '../support/screenshot.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician, type Technician, toQueue } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let technician: Technician
let customer: Customer

beforeAll(async () => {
  const server = await startTestServer({ signal })
  technician = await openTechnician(server.setupLink, { signal })
  const { link } = await technician.create('Jean Dupont', 'The printer says “offline”')
  customer = await openCustomer(link, { signal })
  await customer.sees('connected')
  await technician.press(/.*Jean Dupont.*/)
  await technician.press('Connect')
  await Promise.all([technician, customer].map(({ page }) => watchInk(page)))
})
afterAll(() => over.abort())

const everywhere = (place: Place, wanted: 'drawn' | 'nothing') =>
  Promise.all([technician, customer].map(({ page }) => waitForInk(page, place, wanted)))

test('S5 a white sheet without a screen', async () => {
  await technician.press('Whiteboard')
  await customer.sees('Marie Blanc shows you a whiteboard')
  await technician.press('Box')
  await draw(technician.page, [
    [0.3, 0.3],
    [0.7, 0.7],
  ])
  await everywhere([0.3, 0.5], 'drawn')
  await takeScreenshot(technician.page, 'board-sheet')
  await takeScreenshot(customer.page, 'board-customer-sheet')
})

test('S5 a window in front keeps the drawings in sight', async () => {
  await customer.press('Keep the drawings in sight')
  await customer.sees('The drawings are in the small window in front.')
  const place: Place = [0.3, 0.5]
  await customer.page.waitForFunction(inFront, { polling: 100 }, place)
  await draw(technician.page, [
    [0.1, 0.1],
    [0.2, 0.2],
  ])
  await customer.page.waitForFunction(inFront, { polling: 100 }, [0.1, 0.15] satisfies Place)
  await customer.press('Show them here again')
  await waitForInk(customer.page, place, 'drawn')
})

test('S5 a pen is as broad as it is pressed, and a finger draws without scrolling the page', async () => {
  await technician.press('Clear the board')
  await technician.press('Pen')
  await technician.page.waitForSelector('::-p-aria([name="Pen"][role="button"])[aria-pressed="true"]')
  const session = await technician.page.createCDPSession()
  for (const [y, force] of [
    [0.3, 0.05],
    [0.6, 1],
  ] as const) {
    await penStroke(session, technician.page, y, force)
  }
  await everywhere([0.5, 0.3], 'drawn')
  await everywhere([0.5, 0.6], 'drawn')
  const [soft, hard] = await technician.page.evaluate(breadths, [0.3, 0.6])
  expect(hard).toBeGreaterThan((soft ?? 0) + 1)
  const box = await (await technician.page.$(DRAWN_ON))?.boundingBox()
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) * 0.2, (box?.y ?? 0) + (box?.height ?? 0) * 0.8]
  await technician.page.touchscreen.touchStart(x, y)
  for (let step = 1; step <= 10; step++) await technician.page.touchscreen.touchMove(x + step * 20, y)
  await technician.page.touchscreen.touchEnd()
  await everywhere([0.25, 0.8], 'drawn')
  await technician.press('Pen')
})

test('S5 the board is accessible, in French, and on a narrow page', async () => {
  await technician.tick('Jean Dupont may draw')
  await customer.sees('You may draw here, too.')
  await isAccessible(technician.page, 'board-desk')
  await isAccessible(customer.page, 'board-customer')
  await customer.press('Français')
  await customer.sees('Marie Blanc vous montre un tableau blanc')
  await customer.page.setViewport({ width: 390, height: 844 })
  await isAccessible(customer.page, 'board-customer-french')
  expect(await leftInEnglish(customer.page)).toEqual([])
  await technician.page.setViewport({ width: 390, height: 844 })
  await isAccessible(technician.page, 'board-desk-narrow')
  await technician.page.setViewport({ width: 1440, height: 860 })
  await toQueue(technician)
})

test('S5 who shows the whole screen gets a small picture that stands still, and the drawings on it', async () => {
  await toQueue(technician)
  const { link } = await technician.create('Whole Screen', 'Help')
  const { page, press, sees, browser } = await openCustomer(link, { signal, args: chromiumCapture.fake })
  await sees('connected')
  await technician.press(/.*Whole Screen.*/)
  await technician.press('Connect')
  await press('Share my screen')
  await technician.sees('Best quality')
  await technician.press('Ellipse')
  await draw(technician.page, [
    [0.3, 0.3],
    [0.7, 0.7],
  ])
  await sees('this picture is small and still')
  await watchInk(page)
  await waitForInk(page, [0.5, 0.3], 'drawn')
  await page.waitForFunction(() => document.querySelector('video')?.paused === true, {
    polling: 100,
  })
  expect(await page.$eval('video', (mirror) => mirror.clientWidth)).toBeLessThanOrEqual(280)
  await takeScreenshot(page, 'board-customer-still')
  await press('Keep the drawings in sight')
  await page.waitForFunction(inFront, { polling: 100 }, [0.5, 0.3] satisfies Place)
  await page.waitForFunction(mirrorInFront, { polling: 100 }, 'still')
  await page.waitForFunction(readInFront, { polling: 100 }, 'This picture stands still')
  await browser.close()
})

test('S5 a window in front over a shared tab shows its picture and the drawings, and hears the keys', async () => {
  await toQueue(technician)
  const { link } = await technician.create('One Tab', 'Help')
  const { page, press, sees, browser } = await openCustomer(link, { signal })
  await sees('connected')
  await technician.press(/.*One Tab.*/)
  await technician.press('Connect')
  await press('Share my screen')
  await technician.sees('Best quality')
  await technician.tick('One Tab may draw')
  await sees('You may draw here, too.')
  await watchInk(page)
  await press('Box')
  await draw(page, [
    [0.3, 0.3],
    [0.7, 0.7],
  ])
  await waitForInk(page, [0.3, 0.5], 'drawn')
  await press('Keep the drawings in sight')
  await page.waitForFunction(inFront, { polling: 100 }, [0.3, 0.5] satisfies Place)
  await page.waitForFunction(mirrorInFront, { polling: 100 }, 'plays')
  await pressInFront(page, { key: 'z', ctrlKey: true })
  await vi.waitFor(async () => expect(await page.evaluate(inFront, [0.3, 0.5] satisfies Place)).toBe(false), {
    timeout: 10_000,
  })
  await browser.close()
})

/** A stroke of a pen over the middle of the board, pressed as hard as `force` says. */
async function penStroke(session: CDPSession, page: Page, y: number, force: number) {
  const box = await (await page.$(DRAWN_ON))?.boundingBox()
  if (!box) throw new Error('There is no board.')
  const say = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number) =>
    session.send('Input.dispatchMouseEvent', {
      type,
      x: box.x + box.width * x,
      y: box.y + box.height * y,
      button: 'left',
      buttons: type === 'mouseReleased' ? 0 : 1,
      clickCount: 1,
      pointerType: 'pen',
      force,
    })
  await say('mousePressed', 0.4)
  for (let step = 1; step <= 20; step++) await say('mouseMoved', 0.4 + step / 100)
  await say('mouseReleased', 0.6)
}

/** Runs in the page: how many pixels are drawn above one another in the middle, around each height. */
function breadths(heights: number[]): number[] {
  const canvas = document.querySelector<HTMLCanvasElement>('.board-layer canvas')
  return heights.map((y) => {
    const column = canvas
      ?.getContext('2d')
      ?.getImageData(canvas.width * 0.5, canvas.height * y - 30, 1, 60)
      .data.filter((_, at) => at % 4 === 3)
    return column?.filter((alpha) => alpha > 127).length ?? 0
  })
}

/** Runs in the page: whether the window in front shows something there. */
function inFront([x, y]: Place): boolean {
  const { documentPictureInPicture } = window as { documentPictureInPicture?: { window: Window | null } }
  const canvas = documentPictureInPicture?.window?.document.querySelector<HTMLCanvasElement>('.board-layer canvas')
  if (!canvas || canvas.width === 0) return false
  const around = canvas.getContext('2d')?.getImageData(canvas.width * x - 4, canvas.height * y - 4, 8, 8).data
  return around?.some((value, at) => at % 4 === 3 && value > 0) ?? false
}

/** Runs in the page: whether the picture in the window in front plays, or stands still with something to see. */
function mirrorInFront(wanted: string): boolean {
  const { documentPictureInPicture } = window as { documentPictureInPicture?: { window: Window | null } }
  const video = documentPictureInPicture?.window?.document.querySelector('video')
  return video !== null && video !== undefined && video.videoWidth > 0 && video.paused === (wanted === 'still')
}

/** Runs in the page: whether the window in front says so. */
function readInFront(words: string): boolean {
  const { documentPictureInPicture } = window as { documentPictureInPicture?: { window: Window | null } }
  return documentPictureInPicture?.window?.document.body.innerText.includes(words) ?? false
}
