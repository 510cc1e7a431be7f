import { mkdtempDisposable, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'puppeteer'
import { sleep } from '../../../peer/sleep.ts'
import { launchChromium } from '../../support/launch.ts'
import { servePages } from '../frames/page-server.ts'
import { compare, type Family, type Figure, progress } from '../harness.ts'
import { startServer } from '../signalling/children.ts'
import { bareWs } from '../signalling/peers/peers.ts'
import { pagesMemory } from './resident.ts'

const MIB = 1024 * 1024
/** `FILE_MEMORY_MIB` for another size than 1 GiB. */
const SIZE = Number(process.env.FILE_MEMORY_MIB ?? 1024) * MIB
const SAMPLE_MS = 100
/** What each page may need more than before, in MiB: the window, what is read ahead, and what waits to be collected. */
const LIMIT = 64

type Side = { page: Page; pid: number; idle: number; peak: number }

/** The memory of the page that sends and of the one that receives, at its highest during one large file, beyond what it was before. */
export const fileMemory: Family = {
  names: ['file-memory'],
  async measure(signal) {
    await using started = new AsyncDisposableStack()
    const page = (name: string) => new URL(`./pages/${name}.ts`, import.meta.url)
    const pages = started.use(await servePages(page('giver'), page('taker')))
    const relay = started.use(await startServer(bareWs, signal))
    const folder = started.use(await mkdtempDisposable(path.join(tmpdir(), 'deskside-bench-')))
    const file = path.join(folder.path, 'large.bin')
    await using handle = await open(file, 'w')
    await handle.truncate(SIZE)

    const query = `?way=deskside&pair=1&relay=${encodeURIComponent(`ws://127.0.0.1:${relay.port}/memory`)}`
    const side = async (name: string, ready: string): Promise<Side> => {
      const { browser } = await launchChromium({ signal })
      started.defer(() => browser.close())
      const [opened] = await browser.pages()
      const pid = browser.process()?.pid
      if (!opened || pid === undefined) throw new Error('the browser has no page, or no process')
      await opened.goto(`http://127.0.0.1:${pages.port}/${name}${query}`)
      await opened.waitForFunction((known) => known in window, { polling: 100 }, ready)
      return { page: opened, pid, idle: 0, peak: 0 }
    }
    const taker = await side('taker', 'take')
    const giver = await side('giver', 'give')
    // What only the first transfer pays for.
    const first = taker.page.evaluate(() => window.take(100_000))
    await giver.page.evaluate(() => window.give(1, 100_000))
    await first

    const sides = [giver, taker]
    for (const one of sides) one.idle = await pagesMemory(one.pid)
    const input = await giver.page.waitForSelector('input[type=file]')
    await input?.uploadFile(file)
    await taker.page.evaluate((bytes) => {
      void window.take(bytes).then(() => document.body.setAttribute('data-whole', ''))
    }, SIZE)
    await giver.page.evaluate(() => void window.givePicked())
    // Asked again and again: a question that waits for minutes would be given up.
    while (!(await taker.page.$('body[data-whole]'))) {
      for (const one of sides) one.peak = Math.max(one.peak, await pagesMemory(one.pid))
      await sleep(SAMPLE_MS, signal)
    }

    const unit = `MiB more than before, for ${SIZE / MIB} MiB`
    return [figure(giver, `${unit}, the page that sends`), figure(taker, `${unit}, the page that receives`)]
  },
}

function figure({ idle, peak }: Side, unit: string): Figure {
  progress(`file-memory: ${idle.toFixed()} MiB before, ${peak.toFixed()} MiB at its highest (${unit})`)
  return compare({ name: 'file-memory', value: peak - idle, unit, n: 1, peer: 'limit', peerValue: LIMIT }, 1)
}
