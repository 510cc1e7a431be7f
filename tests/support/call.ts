import type { Page } from 'puppeteer'

/** A camera that shows green with what moves on it, and a microphone that beeps; the browser asks nobody. */
export const fakeDevices = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']

/** Waits until the video of this name is a picture of the fake camera, and moves. */
export async function waitForCamera(page: Page, name: string, within = 20_000): Promise<void> {
  // Pictures that were there before do not count.
  await page.evaluate(() => Reflect.deleteProperty(window, 'looked'))
  await page.waitForFunction(isCamera, { polling: 100, timeout: within }, name).catch(async () => {
    throw new Error(`${name} never showed the camera; it shows ${await page.evaluate(pixelOf, name)}.`)
  })
}

/** Waits until the video of this name shows new pictures, whatever they show. */
export async function waitForPictures(page: Page, name: string, within = 20_000): Promise<void> {
  await page.evaluate(() => Reflect.deleteProperty(window, 'moved'))
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

/** What the fake microphones of browsers play, in Hz: Chromium's beeps, Firefox's does not pause. */
export const VOICES = { chromium: 400, firefox: 1000 }

/** Waits until the fake microphone of the other side's browser is heard in the call: loud enough, and at its own pitch. */
export async function waitForVoice(page: Page, hertz = VOICES.chromium, within = 20_000): Promise<void> {
  await page.evaluate(() => Reflect.deleteProperty(window, 'voiceHeard'))
  await page.waitForFunction(isVoice, { polling: 50, timeout: within }, hertz).catch(async () => {
    const heard = await page.evaluate(() => (window as { voiceHeard?: number[] }).voiceHeard ?? [])
    throw new Error(`${hertz} Hz were never heard in the call; it had ${heard.join(', ') || 'no sound'}.`)
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

/** From the next document on, it is known what the page sends. */
export async function watchSent(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const senders = new Set<RTCRtpSender>()
    Object.assign(window, { senders })
    const replace = RTCRtpSender.prototype.replaceTrack
    RTCRtpSender.prototype.replaceTrack = function (track) {
      senders.add(this)
      return replace.call(this, track)
    }
  })
}

/** The one track of this kind that the page sends, as the device says it is. */
export async function sentDevice(page: Page, kind: 'audio' | 'video'): Promise<MediaTrackSettings> {
  const sent = await page.evaluate((wanted) => {
    const { senders = new Set() }: { senders?: Set<RTCRtpSender> } = window as object
    return [...senders].flatMap(({ track }) =>
      track?.kind === wanted && track.readyState === 'live' ? [track.getSettings()] : [],
    )
  }, kind)
  const [only] = sent
  if (!only || sent.length > 1) throw new Error(`The page sends ${sent.length} live tracks of ${kind}.`)
  return only
}

/** Waits until the meter of this name shows that something is heard. */
export async function waitForLevel(page: Page, name: string): Promise<void> {
  await page.waitForFunction(levelOf, { polling: 'raf', timeout: 20_000 }, name).catch(() => {
    throw new Error(`The meter “${name}” never showed anything.`)
  })
}

/** Waits until the meter of this name has shown nothing for as long as four beeps take. */
export async function waitForNoLevel(page: Page, name: string): Promise<void> {
  await page.evaluate(() => Reflect.deleteProperty(window, 'stillSince'))
  await page.waitForFunction(isStill, { polling: 'raf', timeout: 20_000 }, name).catch(() => {
    throw new Error(`The meter “${name}” never came to rest.`)
  })
}

/** How wide the video of this name is on the page, in CSS pixels. */
export function pictureWidth(page: Page, name: string): Promise<number> {
  return page.$$eval(
    'video',
    (all, called) => all.find(({ ariaLabel }) => ariaLabel === called)?.getBoundingClientRect().width ?? 0,
    name,
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

function levelOf(name: string): number {
  return [...document.querySelectorAll('meter')].find(({ ariaLabel }) => ariaLabel === name)?.value ?? 0
}

function isStill(name: string): boolean {
  const meter = [...document.querySelectorAll('meter')].find(({ ariaLabel }) => ariaLabel === name)
  const kept: { stillSince?: number | undefined } = window as object
  if (meter?.value === 0) kept.stillSince ??= performance.now()
  else kept.stillSince = undefined
  return kept.stillSince !== undefined && performance.now() - kept.stillSince > 2000
}

/** The frequencies of what was loud enough are kept, for who waits in vain. */
function isVoice(hertz: number): boolean {
  const audio = document.querySelector<HTMLAudioElement>('audio.call-voice')
  if (!(audio?.srcObject instanceof MediaStream) || audio.paused) return false
  const kept = window as { voice?: { of: MediaStream; analyser: AnalyserNode }; voiceHeard?: number[] }
  if (kept.voice?.of !== audio.srcObject) {
    const context = new AudioContext()
    const analyser = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 })
    context.createMediaStreamSource(audio.srcObject).connect(analyser)
    void context.resume()
    kept.voice = { of: audio.srcObject, analyser }
  }
  const { analyser } = kept.voice
  const samples = new Float32Array(analyser.fftSize)
  analyser.getFloatTimeDomainData(samples)
  if (Math.max(...samples.map(Math.abs)) <= 0.02) return false
  const levels = new Float32Array(analyser.frequencyBinCount)
  analyser.getFloatFrequencyData(levels)
  const loudest = levels.indexOf(Math.max(...levels)) * (analyser.context.sampleRate / analyser.fftSize)
  kept.voiceHeard = [...(kept.voiceHeard ?? []), Math.round(loudest)].slice(-20)
  // A beep of 20 ms has no sharper pitch.
  return Math.abs(loudest - hertz) < 60
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

/** The call that the desk has asked for or been asked for last, as a page that is tampered with heard it. */
export function callId(page: Page): Promise<string> {
  return page.evaluate(() => {
    const heard = window.deskside_test_heard?.filter((message) => message.type.startsWith('call-')) ?? []
    return String(Object.entries(heard.at(-1) ?? {}).find(([key]) => key === 'id')?.[1])
  })
}
