import type { Page } from 'puppeteer'

/** What a player makes of the film that is shown large: its length, whether it can be wound, and its colours from place to place. */
export type Film = { duration: number; seekable: number; width: number; height: number; colours: string[] }

/** Winds through the film. @param every in seconds */
export async function watchFilm(page: Page, every = 0.25): Promise<Film> {
  await page.waitForSelector('dialog video')
  return await page.$eval('dialog video', wind, every)
}

/** How loud the film that is shown large is at its loudest, also of each second, from 0 to 1, and its pitch, in Hz. */
export async function filmSound(page: Page): Promise<{ loudest: number; seconds: number[]; hertz: number }> {
  await page.waitForSelector('dialog video')
  return await page.$eval('dialog video', async (element) => {
    const film = await (await fetch((element as HTMLVideoElement).currentSrc)).arrayBuffer()
    const sound = (await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(film)).getChannelData(0)
    const loudestOf = (part: Float32Array) => part.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
    const loudest = loudestOf(sound)
    const seconds: number[] = []
    for (let from = 0; from < sound.length; from += 48_000) seconds.push(loudestOf(sound.subarray(from, from + 48_000)))
    // In tenths of a second: each period crosses the middle twice. The middle one of the loud ones counts: a busy machine drops sound here and there.
    const pitches: number[] = []
    for (let from = 0; from + 4800 <= sound.length; from += 4800) {
      const part = sound.subarray(from, from + 4800)
      if (loudestOf(part) < loudest / 4) continue
      const crosses = (sample: number, index: number) => index > 0 && sample < 0 !== (part[index - 1] ?? 0) < 0
      pitches.push(part.filter(crosses).length / 2 / 0.1)
    }
    pitches.sort((a, b) => a - b)
    return { loudest, seconds, hertz: pitches[Math.floor(pitches.length / 2)] ?? 0 }
  })
}

// Runs in the page.
async function wind(element: Element, step: number): Promise<Film> {
  const video = element as HTMLVideoElement
  const when = (event: string, ready: () => boolean) =>
    ready() ? undefined : new Promise((resolve) => video.addEventListener(event, resolve, { once: true }))
  await when('loadeddata', () => video.readyState >= 2)
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  const colours: string[] = []
  const { duration, videoWidth: width, videoHeight: height } = video
  const seekable = video.seekable.length > 0 ? video.seekable.end(0) : 0
  for (let at = 0; at < duration; at += step) {
    const sought = new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }))
    video.currentTime = at
    await sought
    context?.drawImage(video, width * 0.75, height * 0.5, 8, 8, 0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0] = context?.getImageData(0, 0, 1, 1).data ?? []
    const [r, g, b] = [red, green, blue].map((value) => value > 160)
    colours.push(
      r && g && !b ? 'yellow' : r && !g && !b ? 'red' : g && !r && !b ? 'lime' : b && !r && !g ? 'blue' : 'other',
    )
  }
  return { duration, seekable, width, height, colours }
}

/** The colours in the order in which they came, each once. */
export const inOrder = ({ colours }: Film) => colours.filter((colour, index) => colour !== colours[index - 1])
