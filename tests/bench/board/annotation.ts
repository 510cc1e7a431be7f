import { launchChromium } from '../../support/launch.ts'
import { servePages } from '../frames/page-server.ts'
import { compare, type Family, quantile } from '../harness.ts'
import { startServer } from '../signalling/children.ts'
import { bareWs } from '../signalling/peers/peers.ts'

const POINTS = 600

/**
 * From a point of a stroke to the picture of it at the other side, over a session as the product opens it. Beside it the same point over a
 * bare data channel of the same connection, seen with the next picture.
 */
export const annotation: Family = {
  names: ['annotation', 'annotation-p95'],
  async measure(signal) {
    await using started = new AsyncDisposableStack()
    const pages = started.use(await servePages(page('drawer'), page('looker')))
    const relay = started.use(await startServer(bareWs, signal))
    const { browser } = await launchChromium({ signal })
    started.defer(() => browser.close())
    const open = async (host: string, name: string) => {
      const opened = await browser.newPage({ type: 'window' })
      const url = `http://${host}:${pages.port}/${name}?relay=${encodeURIComponent(`ws://127.0.0.1:${relay.port}/board`)}`
      await opened.goto(url)
      return opened
    }
    // Two hosts are two sites, and those are two processes.
    const looker = await open('localhost', 'looker')
    await looker.waitForFunction(() => 'seen' in window, { polling: 100 })
    const drawer = await open('127.0.0.1', 'drawer')
    await drawer.waitForFunction(() => 'drawStroke' in window, { polling: 100 })
    const drawn = await drawer.evaluate((count) => window.drawStroke(count), POINTS)
    await looker.waitForFunction(
      (count) => window.seen.board.length >= count && window.seen.bare.length >= count,
      { polling: 100 },
      POINTS,
    )
    const seen = await looker.evaluate(() => window.seen)
    // The first ones are before the browser has made its code fast.
    const late = (times: readonly number[]) => drawn.map((at, n) => (times[n] ?? Number.NaN) - at).slice(60)
    const [ours, bare] = [late(seen.board), late(seen.bare)]
    const n = ours.length
    const peer = 'bare RTCDataChannel'
    return [
      compare(
        { name: 'annotation', value: quantile(ours, 0.5), unit: 'ms', n, peer, peerValue: quantile(bare, 0.5) },
        2,
      ),
      compare(
        { name: 'annotation-p95', value: quantile(ours, 0.95), unit: 'ms', n, peer, peerValue: quantile(bare, 0.95) },
        2,
      ),
    ]
  },
}

const page = (name: string) => new URL(`./pages/${name}.ts`, import.meta.url)
