import type { Page } from 'puppeteer'
import { type Stage, startStage } from '../frames/two-tabs.ts'
import { compare, type Family, median, progress } from '../harness.ts'

const ROUNDS = 5
/** The bandwidth estimate and the jitter buffer need a while to settle, and once more when there is less room. */
const SETTLE_MS = 3000
const WATCH_MS = 4000
const GIB = 1024 ** 3

type Round = { idle: number; busy: number; rate: number }

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
        `file-under-screen ${round}/${ROUNDS}: ${idle.toFixed(1)} ms without, ${busy.toFixed(1)} ms at ${rate.toFixed(1)} MB/s`,
      )
    }
    const value = median(rounds.map(({ busy }) => busy))
    const peerValue = median(rounds.map(({ idle }) => idle))
    const figure = { name: 'file-under-screen', value, unit: 'ms', n: ROUNDS, peer: 'no transfer', peerValue }
    return [compare(figure, 1.5)]
  },
}

async function oneRound(stage: Stage): Promise<Round> {
  await using tabs = await stage.open('deskside', 1280, 720)
  const { sharer, viewer } = tabs
  await sharer.evaluate(() => window.share())
  await viewer.evaluate((ms) => window.watch(ms), SETTLE_MS)
  const idle = await ageOf(viewer)
  await sharer.evaluate((bytes) => window.offerFile(bytes), GIB)
  await sharer.waitForFunction(() => (window.fileBytes() ?? 0) > 0, { polling: 100 })
  await viewer.evaluate((ms) => window.watch(ms), SETTLE_MS)
  const before = await givenAt(sharer)
  const busy = await ageOf(viewer)
  const after = await givenAt(sharer)
  return { idle, busy, rate: (after.bytes - before.bytes) / (after.at - before.at) / 1000 }
}

async function ageOf(viewer: Page): Promise<number> {
  const { ages, unread } = await viewer.evaluate((ms) => window.watch(ms), WATCH_MS)
  if (unread > ages.length / 10) throw new Error('too many pictures had no legible time code')
  return median(ages)
}

async function givenAt(sharer: Page): Promise<{ bytes: number; at: number }> {
  const bytes = await sharer.evaluate(() => window.fileBytes())
  if (bytes === undefined) throw new Error('the transfer was over before it was measured')
  return { bytes, at: performance.now() }
}
