import { launchChromium } from '../../support/launch.ts'
import { servePages } from '../frames/page-server.ts'
import { compare, type Family, median, progress } from '../harness.ts'
import { peakMemory } from './memory.ts'

const SNAPSHOTS = 200
const ROUNDS = 3

/** All snapshots of a ticket as one ZIP, as "Download all" makes it in the desk, beside jszip: how long, and how much memory at most. */
export const zip200: Family = {
  names: ['zip-200'],
  async measure(signal) {
    using pages = await servePages(new URL('./pages/zipper.ts', import.meta.url))
    const { browser } = await launchChromium({ signal })
    const root = browser.process()?.pid
    if (root === undefined) throw new Error('the browser has no process')
    /** In a page of its own, so that nothing of the one before is in its way. */
    const inPage = async <Result>(work: (page: Awaited<ReturnType<typeof browser.newPage>>) => Promise<Result>) => {
      const page = await browser.newPage()
      try {
        await page.goto(`http://localhost:${pages.port}/zipper`)
        await page.waitForFunction(() => 'zipOurs' in window, { polling: 100 })
        return await work(page)
      } finally {
        await page.close()
      }
    }
    try {
      const bytes = await inPage((page) => page.evaluate((count) => window.keepSnapshots(count), SNAPSHOTS))
      progress(`zip-200: ${SNAPSHOTS} snapshots of ${(bytes / SNAPSHOTS / 1e6).toFixed(2)} MB`)
      const ours = { ms: [] as number[], bytes: [] as number[] }
      const plain = { ms: [] as number[], bytes: [] as number[] }
      for (let round = 0; round < ROUNDS && !signal.aborted; round += 1) {
        for (const [kept, way] of [
          [ours, 'zipOurs'],
          [plain, 'zipPlain'],
        ] as const) {
          const one = await inPage((page) =>
            peakMemory(root, () => page.evaluate((name, count) => window[name](count), way, SNAPSHOTS)),
          )
          kept.ms.push(one.ms)
          kept.bytes.push(one.bytes)
        }
      }
      const of = `${SNAPSHOTS} snapshots of ${Math.round(bytes / 1e6)} MB together`
      const figure = { name: 'zip-200', n: ROUNDS, peer: 'jszip' }
      return [
        compare({ ...figure, unit: `ms, ${of}`, value: median(ours.ms), peerValue: median(plain.ms) }),
        compare({
          ...figure,
          unit: `bytes of memory at most, ${of}`,
          value: median(ours.bytes),
          peerValue: median(plain.bytes),
        }),
      ]
    } finally {
      await browser.close()
    }
  },
}
