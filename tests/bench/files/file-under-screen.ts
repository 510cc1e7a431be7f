import type { Page } from 'puppeteer'
import { type Stage, startStage } from '../frames/two-tabs.ts'
import { compare, type Family, median, progress } from '../harness.ts'

const ROUNDS = 5
/** The bandwidth estimate and the jitter buffer need a while to settle, and once more when there is less room. */
const SETTLE_MS = 3000
/** The jitter buffer goes up and down over seconds, with and without a transfer. */
const WATCH_MS = 12_000
/** More than goes in the time. */
const BYTES = 1.5 * 1024 ** 3

/** Of the ages of all pictures in the time, ms. */
type Ages = { mean: number; median: number }
type Round = { idle: Ages; busy: Ages; rate: number }

/** Age of the pictures of a shared screen while the same page sends a file as fast as it goes, beside the same session without. */
export const fileUnderScreen: Family = {
  names: ['file-under-screen'],
  async measure(signal) {
    await using stage = await startStage(signal)
    const rounds: Round[] = []
    for (let round = 1; round <= ROUNDS; round++) {
      const { idle, busy, rate } = await oneRound(stage)
      rounds.push({ idle, busy, rate })
      progress(
        `file-under-screen ${round}/${ROUNDS}: ${words(idle)} without, ${words(busy)} at ${rate.toFixed(1)} MB/s`,
      )
    }
    const figure = (of: keyof Ages) => ({
      name: 'file-under-screen',
      value: median(rounds.map(({ busy }) => busy[of])),
      unit: `ms, ${of}`,
      n: ROUNDS,
      peer: 'no transfer',
      peerValue: median(rounds.map(({ idle }) => idle[of])),
    })
    // Pictures are shown with the display's, every 16.7 ms: a median can only be one of few steps, and tells little of how many waited for the next.
    return [compare(figure('mean'), 1.5), compare(figure('median'))]
  },
}

const words = ({ mean, median }: Ages) => `${mean.toFixed(1)} ms (median ${median.toFixed(1)})`

async function oneRound(stage: Stage): Promise<Round> {
  await using tabs = await stage.open('deskside', 1280, 720)
  const { sharer, viewer } = tabs
  await sharer.evaluate(() => window.share())
  await viewer.evaluate((ms) => window.watch(ms), SETTLE_MS)
  const idle = await agesOf(viewer)
  await sharer.evaluate((bytes) => window.offerFile(bytes), BYTES)
  await sharer.waitForFunction(() => (window.fileBytes() ?? 0) > 0, { polling: 100 })
  await viewer.evaluate((ms) => window.watch(ms), SETTLE_MS)
  const before = await givenAt(sharer)
  const busy = await agesOf(viewer)
  const after = await givenAt(sharer)
  return { idle, busy, rate: (after.bytes - before.bytes) / (after.at - before.at) / 1000 }
}

async function agesOf(viewer: Page): Promise<Ages> {
  const { ages, unread } = await viewer.evaluate((ms) => window.watch(ms), WATCH_MS)
  if (unread > ages.length / 10) throw new Error('too many pictures had no legible time code')
  return { mean: ages.reduce((sum, age) => sum + age, 0) / ages.length, median: median(ages) }
}

async function givenAt(sharer: Page): Promise<{ bytes: number; at: number }> {
  const bytes = await sharer.evaluate(() => window.fileBytes())
  if (bytes === undefined) throw new Error('the transfer was over before it was measured')
  return { bytes, at: performance.now() }
}
