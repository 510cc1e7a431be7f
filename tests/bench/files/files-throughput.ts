import type { Browser, Page } from 'puppeteer'
import { launchChromium } from '../../support/launch.ts'
import { servePages } from '../frames/page-server.ts'
import { compare, type Family, type Figure, median, progress } from '../harness.ts'
import { startServer } from '../signalling/children.ts'
import { bareWs, peerJs } from '../signalling/peers/peers.ts'
import type { FileWay } from './pages/way.ts'

const MIB = 1024 * 1024
const ROUNDS = 5
const WAYS = ['bare', 'deskside', 'simple-peer', 'peerjs', 'peerjs-by-hand'] as const

type Load = { name: string; words: string; count: number; bytes: number }

/** The goals are rates, 0.95 × the best bare one and 1.4 × PeerJS's: as times 1 / 0.95 and 1 / 1.4. */
const AT_MOST: Partial<Record<FileWay, number>> = { bare: 1.053, peerjs: 0.714 }

const LOADS: Load[] = [
  {
    name: 'file-256mb',
    words: 'ms for 256 MiB',
    count: 1,
    bytes: 256 * MIB,
  },
  { name: 'file-many', words: 'ms for 1 000 × 64 kB', count: 1000, bytes: 64_000 },
]

const PEERS: Record<Exclude<FileWay, 'deskside'>, string> = {
  bare: 'bare RTCDataChannel',
  'simple-peer': 'simple-peer',
  peerjs: 'PeerJS',
  'peerjs-by-hand': 'PeerJS, given pieces by hand',
}

/**
 * From the first byte asked for to the last that is there, in two processes on loopback. Ours are hashed on both sides and written to the
 * browser's disk; the others count what comes and let it go.
 */
export const filesThroughput: Family = {
  names: LOADS.map(({ name }) => name),
  async measure(signal) {
    await using started = new AsyncDisposableStack()
    const page = (name: string) => new URL(`./pages/${name}.ts`, import.meta.url)
    const pages = started.use(await servePages(page('giver'), page('taker')))
    const relay = started.use(await startServer(bareWs, signal))
    const peer = started.use(await startServer(peerJs, signal))
    const { browser } = await launchChromium({ signal })
    started.defer(() => browser.close())

    const figures: Figure[] = []
    let pair = 0
    for (const { name, words, count, bytes } of LOADS) {
      const times: Record<FileWay, number[]> = {
        deskside: [],
        bare: [],
        'simple-peer': [],
        peerjs: [],
        'peerjs-by-hand': [],
      }
      for (let round = 1; round <= ROUNDS; round++) {
        for (const way of inTurn(round)) {
          pair += 1
          const query = `?way=${way}&pair=${pair}&peer=${peer.port}&relay=${encodeURIComponent(`ws://127.0.0.1:${relay.port}/f${pair}`)}`
          const ms = await sendOnce(browser, pages.port, query, count, bytes)
          times[way].push(ms)
          progress(`${name} ${way}: ${ms.toFixed()} ms, ${((count * bytes) / 1000 / ms).toFixed(1)} MB/s`)
        }
      }
      for (const way of WAYS) {
        if (way === 'deskside') continue
        const value = median(times.deskside)
        const peerValue = median(times[way])
        figures.push(compare({ name, value, unit: words, n: ROUNDS, peer: PEERS[way], peerValue }, AT_MOST[way]))
      }
    }
    return figures
  },
}

/** Each way comes first, and behind others, about as often as the rest: what one leaves behind, as a disk that still writes, slows the next. */
function inTurn(round: number): FileWay[] {
  const turned = [...WAYS.slice(round % WAYS.length), ...WAYS.slice(0, round % WAYS.length)]
  return round % 2 === 0 ? turned : turned.reverse()
}

async function sendOnce(browser: Browser, port: number, query: string, count: number, bytes: number): Promise<number> {
  // Two hosts are two sites, and those are two processes.
  const taker = await openPage(browser, `http://localhost:${port}/taker${query}`, 'take')
  const giver = await openPage(browser, `http://127.0.0.1:${port}/giver${query}`, 'give')
  try {
    // The connection, and what only the first transfer pays for.
    await transfer(giver, taker, 1, 100_000)
    return await transfer(giver, taker, count, bytes)
  } finally {
    await Promise.all([giver.close(), taker.close()])
  }
}

async function transfer(giver: Page, taker: Page, count: number, bytes: number): Promise<number> {
  const taken = taker.evaluate((all) => window.take(all), count * bytes)
  const began = await giver.evaluate((files, each) => window.give(files, each), count, bytes)
  return (await taken) - began
}

async function openPage(browser: Browser, url: string, ready: string): Promise<Page> {
  const page = await browser.newPage({ type: 'window' })
  await page.goto(url)
  await page.waitForFunction((name) => name in window, { polling: 100 }, ready)
  return page
}
