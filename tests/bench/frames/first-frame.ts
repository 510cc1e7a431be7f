import { compare, type Family, median, progress } from '../harness.ts'
import type { Way } from './pages/way.ts'
import { type Stage, startStage } from './two-tabs.ts'

const ROUNDS = 7
const [WIDTH, HEIGHT] = [1280, 720]

/** From the granted capture to the first decoded picture at the other side, with the session live beforehand as it always is. */
export const firstFrame: Family = {
  names: ['first-frame'],
  async measure(signal) {
    await using stage = await startStage(signal)
    const [ours, bare]: [number[], number[]] = [[], []]
    for (let round = 1; round <= ROUNDS; round++) {
      bare.push(await shareOnce(stage, 'bare'))
      ours.push(await shareOnce(stage, 'deskside'))
      progress(`first-frame ${round}/${ROUNDS}: bare ${bare.at(-1)?.toFixed()} ms, ours ${ours.at(-1)?.toFixed()} ms`)
    }
    return [
      compare(
        {
          name: 'first-frame',
          value: median(ours),
          unit: 'ms',
          n: ROUNDS,
          peer: 'bare RTCPeerConnection',
          peerValue: median(bare),
        },
        0.5,
      ),
    ]
  },
}

async function shareOnce(stage: Stage, way: Way): Promise<number> {
  await using tabs = await stage.open(way, WIDTH, HEIGHT)
  const granted = await tabs.sharer.evaluate(() => window.share())
  const shown = await tabs.viewer.evaluate(() => window.firstFrame)
  return shown - granted
}
