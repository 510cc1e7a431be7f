import { compare, type Family, median, progress } from '../harness.ts'
import { watchScreen } from './watched-screen.ts'

const ROUNDS = 15

/** From the key to the moment that the desk says the picture is kept, beside the bare packing of the same picture. */
export const snapshot: Family = {
  names: ['snapshot'],
  async measure(signal) {
    const life = new AbortController()
    const until = AbortSignal.any([signal, life.signal])
    try {
      const { page } = (await watchScreen(until)).technician
      const [ours, bare]: [number[], number[]] = [[], []]
      for (let round = 0; round <= ROUNDS; round++) {
        const [packed, kept] = [await page.evaluate(packBare), await page.evaluate(pressKey)]
        // The first starts the worker.
        if (round === 0) progress(`snapshot: the first ${kept.toFixed()} ms`)
        else {
          bare.push(packed)
          ours.push(kept)
        }
      }
      const [value, peerValue] = [median(ours), median(bare)]
      return [compare({ name: 'snapshot', value, unit: 'ms', n: ROUNDS, peer: 'canvas.toBlob', peerValue })]
    } finally {
      life.abort()
    }
  },
}

// Those below run in the page.

async function packBare(): Promise<number> {
  const video = document.querySelector('video')
  if (!video) throw new Error('no picture')
  const since = performance.now()
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  await new Promise((packed) => canvas.toBlob(packed, 'image/png'))
  return performance.now() - since
}

async function pressKey(): Promise<number> {
  const said = () => document.querySelector('.media-toast [role=status]')?.textContent ?? ''
  const before = said()
  const since = performance.now()
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 's', bubbles: true }))
  await new Promise<void>((resolve) => {
    const watch = new MutationObserver(() => {
      if (said() === before) return
      watch.disconnect()
      resolve()
    })
    watch.observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  return performance.now() - since
}
