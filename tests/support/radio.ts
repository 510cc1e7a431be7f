import type { Browser, Page } from 'puppeteer'

/** A tab, behind the one in front, that is blue and plays a tone. */
export type Radio = { title: string; hertz: number; page: Page }

export async function openRadio(browser: Browser, title: string, hertz: number): Promise<Radio> {
  const page = await browser.newPage({ background: true })
  await page.setContent(`<!doctype html><title>${title}</title><body style="background: blue">`)
  await page.evaluate(async (frequency) => {
    const context = new AudioContext()
    const tone = new OscillatorNode(context, { frequency })
    tone.connect(new GainNode(context, { gain: 0.2 })).connect(context.destination)
    tone.start()
    await context.resume()
  }, hertz)
  return { title, hertz, page }
}

/** Waits until the loudest of what a page's audio element was given is this tone. @throws with what it hears instead */
export async function waitForTone(page: Page, hertz: number, within = 20_000): Promise<void> {
  await page.waitForFunction(isHeard, { polling: 100, timeout: within }, hertz).catch(async () => {
    throw new Error(`${hertz} Hz were never heard; the element has ${await page.evaluate(elementState)}.`)
  })
}

/** How the page's audio element plays; undefined without one that was given a sound. */
export function playing(page: Page): Promise<{ muted: boolean; paused: boolean; volume: number } | undefined> {
  return page.evaluate(() => {
    const audio = document.querySelector('audio')
    if (!audio?.srcObject) return undefined
    const { muted, paused, volume } = audio
    return { muted, paused, volume }
  })
}

// The two below run in the page.

function elementState(): string {
  const audio = document.querySelector('audio')
  const stream = audio?.srcObject instanceof MediaStream ? audio.srcObject : undefined
  return JSON.stringify({ paused: audio?.paused, tracks: stream?.getTracks().map(({ muted }) => ({ muted })) })
}

function isHeard(hertz: number): boolean {
  const audio = document.querySelector('audio')
  if (!(audio?.srcObject instanceof MediaStream) || audio.paused) return false
  const kept = window as { ear?: { of: MediaStream; analyser: AnalyserNode } }
  if (kept.ear?.of !== audio.srcObject) {
    const context = new AudioContext()
    const analyser = new AnalyserNode(context, { fftSize: 8192 })
    context.createMediaStreamSource(audio.srcObject).connect(analyser)
    void context.resume()
    kept.ear = { of: audio.srcObject, analyser }
  }
  const { analyser } = kept.ear
  const levels = new Float32Array(analyser.frequencyBinCount)
  analyser.getFloatFrequencyData(levels)
  const loudest = levels.indexOf(Math.max(...levels))
  const step = analyser.context.sampleRate / analyser.fftSize
  return (levels[loudest] ?? Number.NEGATIVE_INFINITY) > -60 && Math.abs(loudest * step - hertz) < 2 * step
}
