import { setTimeout } from 'node:timers/promises'
import type { Page } from 'puppeteer'

declare global {
  interface Window {
    /** The newest connection. */
    deskside_test_newest?: RTCPeerConnection
    deskside_test_still?: () => void
  }
}

/** From the next document on, what the page sends can be counted. */
export const watchSent = (page: Page) => page.evaluateOnNewDocument(holdNewest)

/** Pictures of the first screen that went out, in a second. */
export async function sentASecond(page: Page): Promise<number> {
  const before = await page.evaluate(firstSent)
  await setTimeout(2000)
  return ((await page.evaluate(firstSent)) - before) / 2
}

/** Something moves in a corner of the page, until what is returned is called. */
export async function flicker(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(move)
  return () => page.evaluate(() => window.deskside_test_still?.())
}

// The three below run in the page.

function holdNewest(): void {
  const Browsers = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Browsers {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      window.deskside_test_newest = this
    }
  }
}

async function firstSent(): Promise<number> {
  const senders = window.deskside_test_newest?.getSenders() ?? []
  const first = senders.find(({ track }) => track?.kind === 'video')
  const reports = [...((await first?.getStats())?.values() ?? [])]
  return reports.find(({ type }) => type === 'outbound-rtp')?.framesSent ?? 0
}

function move(): void {
  const corner = document.body.appendChild(document.createElement('div'))
  corner.style.cssText = 'position:fixed;top:0;left:0;width:60px;height:60px'
  let bright = false
  const turn = setInterval(() => {
    bright = !bright
    corner.style.background = bright ? 'white' : 'black'
  }, 33)
  window.deskside_test_still = () => {
    clearInterval(turn)
    corner.remove()
  }
}
