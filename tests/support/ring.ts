import type { Page } from 'puppeteer'

declare global {
  interface Window {
    /** The pitch of each tone that the page has let be heard, in Hz. */
    deskside_test_tones?: number[]
  }
}

/** From the next document on, the tones that the page plays to who sits there are written down. */
export const watchTones = (page: Page) => page.evaluateOnNewDocument(noteTones)

/** What was heard from now on. */
export async function tonesFrom(page: Page): Promise<() => Promise<number[]>> {
  const before = await page.evaluate(() => window.deskside_test_tones?.length ?? 0)
  return () => page.evaluate((from) => window.deskside_test_tones?.slice(from) ?? [], before)
}

/** Runs in the page. */
function noteTones(): void {
  const tones: number[] = []
  window.deskside_test_tones = tones
  const start = AudioScheduledSourceNode.prototype.start
  AudioScheduledSourceNode.prototype.start = function (...when) {
    // One in a context that the browser does not let run is not heard.
    if (this instanceof OscillatorNode && this.context.state === 'running') tones.push(this.frequency.value)
    start.apply(this, when)
  }
}
