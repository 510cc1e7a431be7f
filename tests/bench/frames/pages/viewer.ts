import { bareReceiver } from './bare.ts'
import { desksideReceiver } from './deskside.ts'
import { clock, readAge } from './time-code.ts'
import { takingPart } from './transfer.ts'
import { openRelay, way } from './way.ts'

/** `ages` of the pictures as they were shown, ms; `unread` ones had no legible time code. */
export type Seen = { ages: number[]; unread: number; width: number; height: number }

declare global {
  interface Window {
    /** When the first decoded picture was shown, wall clock in ms. */
    firstFrame: Promise<number>
    /** Looks at every picture for so long. */
    watch(ms: number): Promise<Seen>
  }
}

const video = document.createElement('video')
video.muted = true
video.autoplay = true
document.body.append(video)

window.firstFrame = new Promise((resolve) => video.requestVideoFrameCallback(() => resolve(clock())))

window.watch = (ms) => {
  const canvas = new OffscreenCanvas(640, 16)
  const strip = canvas.getContext('2d', { willReadFrequently: true })
  if (!strip) throw new Error('no canvas')
  const seen: Seen = { ages: [], unread: 0, width: 0, height: 0 }
  const until = clock() + ms
  return new Promise((resolve) => {
    const look = () => {
      const age = readAge(video, strip)
      if (age === undefined) seen.unread++
      else seen.ages.push(age)
      if (clock() < until) video.requestVideoFrameCallback(look)
      else resolve({ ...seen, width: video.videoWidth, height: video.videoHeight })
    }
    video.requestVideoFrameCallback(look)
  })
}

const socket = await openRelay()
const show = (stream: MediaStream) => {
  video.srcObject = stream
}
if (way === 'bare') await bareReceiver(socket, show)
else await desksideReceiver(socket, show, [takingPart()])
