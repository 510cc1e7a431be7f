import { sleep } from '../../../peer/sleep.ts'
import { compare, type Family, median, progress } from '../harness.ts'
import { processorSeconds } from './processor-time.ts'
import { watchScreen } from './watched-screen.ts'

const ROUNDS = 4
const SETTLE_MS = 2000
const WATCH_MS = 10_000

/** The technician's whole browser while it records a screen of 1280 × 800 on which somebody types, beside the same session without. */
export const recordingCpu: Family = {
  names: ['recording-cpu'],
  async measure(signal) {
    const life = new AbortController()
    const until = AbortSignal.any([signal, life.signal])
    try {
      const { technician, allowRecording } = await watchScreen(until)
      const pid = technician.page.browser().process()?.pid
      if (pid === undefined) throw new Error('the browser has no process')
      const share = async () => {
        await sleep(SETTLE_MS, until)
        const before = await processorSeconds(pid)
        const since = performance.now()
        await sleep(WATCH_MS, until)
        return ((await processorSeconds(pid)) - before) / ((performance.now() - since) / 100_000)
      }
      const [plain, recording]: [number[], number[]] = [[], []]
      for (let round = 1; round <= ROUNDS; round++) {
        plain.push(await share())
        await technician.press('Start recording')
        await allowRecording()
        await technician.sees('Recording 0:')
        recording.push(await share())
        await technician.press('Stop recording')
        await technician.sees('is kept under the ticket')
        await technician.press('Dismiss')
        progress(
          `recording-cpu ${round}/${ROUNDS}: without ${plain.at(-1)?.toFixed()} %, with ${recording.at(-1)?.toFixed()} %`,
        )
      }
      const [value, peerValue] = [median(recording), median(plain)]
      const unit = '% of one core'
      return [compare({ name: 'recording-cpu', value, unit, n: ROUNDS, peer: 'not recording', peerValue })]
    } finally {
      life.abort()
    }
  },
}
