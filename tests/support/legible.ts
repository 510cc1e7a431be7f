import type { Page } from 'puppeteer'

const LINES = ['The printer says it is offline,', 'but the cable is in', 'and the lamp is green: 0O 1lI 5S 8B.']

/** Puts small text into a page, the same for everybody. @returns its picture as a data URL. */
export async function showText(page: Page): Promise<string> {
  await page.evaluate((lines) => {
    const sheet = document.body.appendChild(document.createElement('pre'))
    sheet.id = 'sheet'
    sheet.style.cssText =
      'position:fixed;inset:0;z-index:98;margin:0;padding:40px;background:#fff;color:#111;font:14px/1.5 monospace'
    sheet.textContent = Array.from({ length: 30 }, (_, line) => `${line} ${lines[line % lines.length]}`).join('\n')
  }, LINES)
  const picture = await page.screenshot({ encoding: 'base64' })
  return `data:image/png;base64,${picture}`
}

/** Waits until the page's video shows `picture` at its full size and so sharp that small letters can be told apart. */
export async function waitUntilLegible(page: Page, picture: string, within: number): Promise<void> {
  await page.waitForFunction(isLegible, { polling: 200, timeout: within }, picture)
}

/** Runs in the page: how alike the two are, as the correlation of their brightness where there is text. */
async function isLegible(picture: string): Promise<boolean> {
  const video = document.querySelector('video')
  const image = new Image()
  image.src = picture
  await image.decode()
  if (!video || video.videoWidth < image.width) return false
  const [left, right] = [image, video].map((source) => {
    const canvas = new OffscreenCanvas(300, 300)
    const context = canvas.getContext('2d', { willReadFrequently: true })
    context?.drawImage(source, 30, 30, 300, 300, 0, 0, 300, 300)
    const { data } = context?.getImageData(0, 0, 300, 300) ?? { data: [] }
    return Array.from({ length: data.length / 4 }, (_, i) => data[i * 4 + 1] ?? 0)
  })
  if (!left || !right) return false
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [meanLeft, meanRight] = [mean(left), mean(right)]
  let [both, ofLeft, ofRight] = [0, 0, 0]
  for (const [i, value] of left.entries()) {
    const [a, b] = [value - meanLeft, (right[i] ?? 0) - meanRight]
    both += a * b
    ofLeft += a * a
    ofRight += b * b
  }
  return both / Math.sqrt(ofLeft * ofRight) > 0.9
}
