import { bareSender } from './bare.ts'
import { desksideSender } from './deskside.ts'
import { clock } from './time-code.ts'
import { givingPart } from './transfer.ts'
import { playTypingScene } from './typing-scene.ts'
import { openRelay, way } from './way.ts'

declare global {
  interface Window {
    /** Shares this tab; there as soon as it may be called. @returns when the capture was granted, wall clock in ms. */
    share(): Promise<number>
  }
}

const played = playTypingScene()

const capture = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices)
let granted = 0
navigator.mediaDevices.getDisplayMedia = async (options) => {
  const stream = await capture(options)
  granted = clock()
  return stream
}

const socket = await openRelay()
const send = way === 'bare' ? bareSender(socket) : await desksideSender(socket, [givingPart()])
await played
window.share = async () => {
  await send()
  if (granted === 0) throw new Error('nothing was captured')
  return granted
}
