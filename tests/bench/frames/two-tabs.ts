import type { Browser, Page } from 'puppeteer'
import { chromiumCapture, launchChromium } from '../../support/launch.ts'
import { startServer } from '../signalling/children.ts'
import { bareWs } from '../signalling/peers/peers.ts'
import { servePages } from './page-server.ts'
import type { Way } from './pages/way.ts'

/** A tab that shares itself and one that looks at it, each in a process of its own, ready to share. */
export type TwoTabs = { sharer: Page; viewer: Page } & AsyncDisposable

export type Stage = { open(way: Way, width: number, height: number): Promise<TwoTabs> } & AsyncDisposable

/** Starts what both ways need: Chromium, the pages, and a bare relay for the signals. */
export async function startStage(signal: AbortSignal): Promise<Stage> {
  await using started = new AsyncDisposableStack()
  const pages = started.use(await servePages(page('sharer'), page('viewer')))
  const relay = started.use(await startServer(bareWs, signal))
  const { browser } = await launchChromium({ args: [...chromiumCapture.anyTab, '--screen-info={2048x1280}'], signal })
  started.defer(() => browser.close())
  const running = started.move()

  let opened = 0
  return {
    async open(way, width, height) {
      const query = `?way=${way}&relay=${encodeURIComponent(`ws://127.0.0.1:${relay.port}/${opened++}`)}`
      // Two hosts are two sites, and those are two processes.
      const viewer = await openWindow(browser, `http://localhost:${pages.port}/viewer${query}`)
      await viewer.waitForFunction(() => 'watch' in window, { polling: 100 })
      const sharer = await openWindow(browser, 'about:blank')
      await sharer.resize({ contentWidth: width, contentHeight: height })
      await sharer.goto(`http://127.0.0.1:${pages.port}/sharer${query}`)
      await sharer.waitForFunction(() => 'share' in window, { polling: 100 })
      return {
        sharer,
        viewer,
        async [Symbol.asyncDispose]() {
          await Promise.all([sharer.close(), viewer.close()])
        },
      }
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

const page = (name: string) => new URL(`./pages/${name}.ts`, import.meta.url)

async function openWindow(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ type: 'window' })
  // What is captured is the window, not an emulated screen in it.
  await page.setViewport(null)
  await page.goto(url)
  return page
}
