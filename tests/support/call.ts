import type { Page } from 'puppeteer'

/** A camera that shows green with what moves on it, and a microphone that beeps; the browser asks nobody. */
export const fakeDevices = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']

/** Waits until the video of this name is a picture of the fake camera, and moves. */
export async function waitForCamera(page: Page, name: string, within = 20_000): Promise<void> {
  await page.waitForFunction(isCamera, { polling: 100, timeout: within }, name).catch(async () => {
    throw new Error(`${name} never showed the camera; it shows ${await page.evaluate(pixelOf, name)}.`)
  })
}

/** Waits until the video of this name shows new pictures, whatever they show. */
export async function waitForPictures(page: Page, name: string, within = 20_000): Promise<void> {
  await page.waitForFunction(isMoving, { polling: 250, timeout: within }, name)
}

/** Whether there is a video of this name. */
export function hasPicture(page: Page, name: string): Promise<boolean> {
  return page.$$eval('video', (all, called) => all.some((video) => video.ariaLabel === called), name)
}

/** Whether the voice of a call is played. */
export async function hasVoice(page: Page): Promise<boolean> {
  return (await page.$('audio.call-voice')) !== null
}

/** Waits until the beep of the fake microphone is heard in the call. */
export async function waitForVoice(page: Page, within = 20_000): Promise<void> {
  await page.waitForFunction(isVoice, { polling: 50, timeout: within }).catch(() => {
    throw new Error('Nobody was heard in the call.')
  })
}

/** Waits until the other side is silent for half a second. */
export async function waitForSilence(page: Page, within = 20_000): Promise<void> {
  await page.waitForFunction(isSilent, { polling: 50, timeout: within }).catch(() => {
    throw new Error('The call never became silent.')
  })
}

/** From the next document on, the page's link can be cut: one that carries a call is not cut by a frozen page. */
export async function cuttable(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const add = RTCPeerConnection.prototype.addTransceiver
    RTCPeerConnection.prototype.addTransceiver = function (...with_) {
      Object.assign(window, { link: this })
      return add.apply(this, with_)
    }
  })
}

/** Cuts it, and waits until another one is up. */
export async function cut(page: Page): Promise<void> {
  await page.evaluate(() => {
    const held: { link?: RTCPeerConnection; before?: RTCPeerConnection | undefined } = window as object
    held.before = held.link
    held.link?.close()
  })
  await page.waitForFunction(
    () => {
      const { link, before }: { link?: RTCPeerConnection; before?: RTCPeerConnection } = window as object
      return link !== before && link?.connectionState === 'connected'
    },
    { polling: 100, timeout: 30_000 },
  )
}

/** The track of the voice that is played. */
export function voiceTrack(page: Page): Promise<string | undefined> {
  return page.$eval('audio.call-voice', (audio) => {
    const stream = (audio as HTMLAudioElement).srcObject
    return stream instanceof MediaStream ? stream.getAudioTracks()[0]?.id : undefined
  })
}

// Those below run in the page.

function pixelOf(name: string): string {
  const video = [...document.querySelectorAll('video')].find(({ ariaLabel }) => ariaLabel === name)
  if (!video) return 'nothing'
  const context = new OffscreenCanvas(1, 1).getContext('2d')
  context?.drawImage(video, 4, 4, 8, 8, 0, 0, 1, 1)
  return `${[...(context?.getImageData(0, 0, 1, 1).data ?? [])]} at ${video.currentTime}`
}

function isCamera(name: string): boolean {
  const video = [...document.querySelectorAll('video')].find(({ ariaLabel }) => ariaLabel === name)
  if (!video || video.readyState < 2) return false
  const context = new OffscreenCanvas(1, 1).getContext('2d')
  context?.drawImage(video, 4, video.videoHeight - 12, 8, 8, 0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0] = context?.getImageData(0, 0, 1, 1).data ?? []
  const kept: { looked?: Record<string, number> } = window as object
  kept.looked ??= {}
  const before = kept.looked[name] ?? Number.POSITIVE_INFINITY
  const frames = video.getVideoPlaybackQuality().totalVideoFrames
  kept.looked[name] = frames
  return green > red + 20 && green > blue + 20 && frames > before
}

function isMoving(name: string): boolean {
  const video = [...document.querySelectorAll('video')].find(({ ariaLabel }) => ariaLabel === name)
  if (!video || video.videoWidth === 0) return false
  const kept: { moved?: number } = window as object
  const before = kept.moved ?? Number.POSITIVE_INFINITY
  kept.moved = video.getVideoPlaybackQuality().totalVideoFrames
  return kept.moved > before
}

function isVoice(): boolean {
  return loudest() > 0.02

  function loudest(): number {
    const audio = document.querySelector<HTMLAudioElement>('audio.call-voice')
    if (!(audio?.srcObject instanceof MediaStream) || audio.paused) return 0
    const kept = window as { voice?: { of: MediaStream; analyser: AnalyserNode } }
    if (kept.voice?.of !== audio.srcObject) {
      const context = new AudioContext()
      const analyser = new AnalyserNode(context, { fftSize: 4096 })
      context.createMediaStreamSource(audio.srcObject).connect(analyser)
      void context.resume()
      kept.voice = { of: audio.srcObject, analyser }
    }
    const samples = new Float32Array(kept.voice.analyser.fftSize)
    kept.voice.analyser.getFloatTimeDomainData(samples)
    return Math.max(...samples.map(Math.abs))
  }
}

function isSilent(): boolean {
  const kept = window as { voice?: { analyser: AnalyserNode }; quietSince?: number | undefined }
  const { analyser } = kept.voice ?? {}
  if (!analyser) return false
  const samples = new Float32Array(analyser.fftSize)
  analyser.getFloatTimeDomainData(samples)
  // Beeps come every half a second.
  if (Math.max(...samples.map(Math.abs)) > 0.005) kept.quietSince = undefined
  else kept.quietSince ??= performance.now()
  return kept.quietSince !== undefined && performance.now() - kept.quietSince > 2000
}

/** The track of the shared screen that the stage shows, and how many of its pictures were shown. */
export function stagePicture(page: Page): Promise<{ track: string; frames: number }> {
  return page.$$eval('video', (all) => {
    const video = all.find(({ ariaLabel }) => ariaLabel?.startsWith('Screen of '))
    if (!video) throw new Error('The stage shows no screen.')
    const stream = video.srcObject instanceof MediaStream ? video.srcObject : undefined
    return { track: stream?.getVideoTracks()[0]?.id ?? '', frames: video.getVideoPlaybackQuality().totalVideoFrames }
  })
}
