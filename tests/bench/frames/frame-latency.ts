import { compare, type Family, median, progress } from '../harness.ts'
import type { Way } from './pages/way.ts'
import { type Stage, startStage } from './two-tabs.ts'

const ROUNDS = 9
/** The bandwidth estimate and the jitter buffer need a while to settle. */
const SETTLE_MS = 3000
const WATCH_MS = 4000

/** Age of the pictures as they are shown, typing scene at 30 frames a second; the median over the rounds of each round's median. */
export function frameLatency(width: number, height: number, atMost?: number): Family {
  const name = `frame-latency-${height}p`
  return {
    names: [name],
    async measure(signal) {
      await using stage = await startStage(signal)
      const [ours, bare]: [number[], number[]] = [[], []]
      for (let round = 1; round <= ROUNDS; round++) {
        bare.push(await watchOnce(stage, 'bare', width, height))
        ours.push(await watchOnce(stage, 'deskside', width, height))
      }
      const peerValue = median(bare)
      return [
        compare(
          { name, value: median(ours), unit: 'ms', n: ROUNDS, peer: 'bare RTCPeerConnection', peerValue },
          atMost,
        ),
      ]
    },
  }
}

async function watchOnce(stage: Stage, way: Way, width: number, height: number): Promise<number> {
  await using tabs = await stage.open(way, width, height)
  await tabs.sharer.evaluate(() => window.share())
  await tabs.viewer.evaluate((ms) => window.watch(ms), SETTLE_MS)
  const seen = await tabs.viewer.evaluate((ms) => window.watch(ms), WATCH_MS)
  const age = median(seen.ages)
  const perSecond = (seen.ages.length * 1000) / WATCH_MS
  progress(
    `${height}p ${way}: ${age.toFixed(1)} ms, ${seen.width}×${seen.height}, ${perSecond.toFixed(1)} pictures/s, ${seen.unread} unread`,
  )
  if (seen.unread > seen.ages.length / 10) throw new Error('too many pictures had no legible time code')
  return age
}
