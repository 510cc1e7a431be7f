import type { Page } from 'puppeteer'
import type { Technician } from './technician.ts'

/** What one draws on while a tool is taken. */
export const DRAWN_ON = '::-p-aria([role="application"])'

/** A place on a board, as shares of its width and height. */
export type Place = readonly [x: number, y: number]

/** Waits until something is drawn at a place, or nothing is. `live`: while it is being drawn. @param within ms */
export async function waitForInk(page: Page, place: Place, wanted: 'drawn' | 'live' | 'nothing', within = 15_000) {
  await page
    .waitForFunction(
      (at: Place, want: string) => window.deskside_test_ink?.(at) === want,
      { polling: 50, timeout: within },
      place,
      wanted,
    )
    .catch(async () => {
      const seen = await page.evaluate((at: Place) => window.deskside_test_ink?.(at), place)
      throw new Error(`At ${place.join(', ')} of the board there is ${seen}, not ${wanted}, after ${within} ms.`)
    })
}

declare global {
  interface Window {
    deskside_test_ink?: (place: Place) => string
  }
}

/** To be called once for each document of a page. */
export async function watchInk(page: Page): Promise<void> {
  await page.evaluate(inkAt)
}

/** Runs in the page. */
function inkAt(): void {
  window.deskside_test_ink = ([x, y]) => {
    const [below, above] = document.querySelectorAll<HTMLCanvasElement>('.board-layer canvas')
    // A page shows no board as long as there is nothing on it.
    if (!below || !above) return 'nothing'
    const drawn = (canvas: HTMLCanvasElement) => {
      const context = canvas.getContext('2d')
      const half = 4
      const { data } = context?.getImageData(
        Math.round(canvas.width * x) - half,
        Math.round(canvas.height * y) - half,
        2 * half,
        2 * half,
      ) ?? { data: [] }
      return data.some((value, at) => at % 4 === 3 && value > 0)
    }
    if (drawn(below)) return 'drawn'
    return drawn(above) ? 'live' : 'nothing'
  }
}

/** The red, green and blue of what is drawn at a place, from 0 to 255. */
export const inkColour = (page: Page, [x, y]: Place) =>
  page.$eval(
    '.board-layer canvas',
    (element, across, down) => {
      const canvas = element as HTMLCanvasElement
      const [at, below] = [Math.round(canvas.width * across), Math.round(canvas.height * down)]
      return [...(canvas.getContext('2d')?.getImageData(at, below, 1, 1).data ?? [])].slice(0, 3)
    },
    x,
    y,
  )

/** Draws with the mouse from place to place, and lets go at the end unless `hold`. */
export async function draw(page: Page, places: readonly Place[], { hold = false } = {}): Promise<void> {
  const layer = await page.waitForSelector(DRAWN_ON)
  await layer?.scrollIntoView()
  await layer?.evaluate(standsStill)
  const box = await layer?.boundingBox()
  if (!box) throw new Error('There is no board to draw on.')
  const [first, ...rest] = places.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height] as const)
  if (!first) return
  await page.mouse.move(...first)
  await page.mouse.down()
  for (const next of rest) await page.mouse.move(...next, { steps: 8 })
  if (!hold) await page.mouse.up()
}

/** Runs in the page: resolves when the element was as large as before in two frames. */
async function standsStill(element: Element): Promise<void> {
  let before = element.getBoundingClientRect()
  for (let frame = 0; frame < 60; frame += 1) {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    const now = element.getBoundingClientRect()
    if (now.width === before.width && now.top === before.top) return
    before = now
  }
}

/** Draws a thick red line from left to right, just below the middle, where `waitForColour` looks. The pen stays in hand. */
export async function drawLine(technician: Pick<Technician, 'page' | 'press' | 'choose'>): Promise<void> {
  await technician.press('Pen')
  await technician.choose('Red')
  await technician.choose('Thick')
  await draw(technician.page, [
    [0.6, 0.505],
    [0.9, 0.505],
  ])
  await waitForInk(technician.page, [0.75, 0.505], 'drawn')
}
