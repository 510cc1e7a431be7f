import type { Page } from 'puppeteer'

/** The colours that the shared screen shows, in this order; far apart, so that a codec can't confuse them. */
export const COLOURS = ['red', 'lime', 'blue', 'yellow'] as const
export type Colour = (typeof COLOURS)[number]

/** Makes a page one colour, edge to edge. */
export async function show(page: Page, colour: Colour): Promise<void> {
  await page.evaluate((name) => {
    document.title = 'Colours'
    document.body.replaceChildren()
    document.documentElement.style.background = name
    document.body.style.background = name
  }, colour)
}

/** Waits until the page's video, or the one after so many, shows the colour in its middle right. @throws with what it shows instead. */
export async function waitForColour(page: Page, colour: Colour, within = 15_000, which = 0): Promise<void> {
  await page.waitForFunction(isShowing, { polling: 100, timeout: within }, colour, which).catch(async () => {
    throw new Error(`The video never became ${colour}; it shows ${await page.evaluate(pixel, which)}.`)
  })
}

// The two below run in the page: `isShowing` for measurements that look more often, too.

function pixel(which: number): string {
  const video = document.querySelectorAll('video')[which]
  if (!video || video.readyState < 2) return 'no picture'
  const canvas = document.createElement('canvas')
  canvas.width = 1
  canvas.height = 1
  const context = canvas.getContext('2d')
  context?.drawImage(video, video.videoWidth * 0.75, video.videoHeight * 0.5, 8, 8, 0, 0, 1, 1)
  return String([...(context?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3))
}

export function isShowing(colour: string, which: number): boolean {
  const wanted: Record<string, [boolean, boolean, boolean]> = {
    red: [true, false, false],
    lime: [false, true, false],
    blue: [false, false, true],
    yellow: [true, true, false],
  }
  const video = document.querySelectorAll('video')[which]
  if (!video || video.readyState < 2) return false
  const canvas = document.createElement('canvas')
  canvas.width = 1
  canvas.height = 1
  const context = canvas.getContext('2d')
  context?.drawImage(video, video.videoWidth * 0.75, video.videoHeight * 0.5, 8, 8, 0, 0, 1, 1)
  const seen = [...(context?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3)
  return seen.length === 3 && seen.every((value, index) => (wanted[colour]?.[index] ? value > 160 : value < 110))
}
