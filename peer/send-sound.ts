import type { CustomerLink } from './live-link.ts'
import type { Negotiation } from './negotiate.ts'
import { sleep } from './sleep.ts'
import type { SoundShare } from './sound-share.ts'

/** Enough for music and for every sound that a computer makes, in bit/s; half of it is what browsers take for a voice. */
const MAX_BITRATE = 64_000
/** Nobody looks for a sound in its first second, but everybody for the picture: it has the line for itself until then. */
const PICTURE_FIRST_MS = 1000

type SoundLine = Pick<RTCRtpTransceiver, 'mid' | 'stop'> & { sender: Pick<RTCRtpSender, 'replaceTrack'> }
/** What of a link is needed. */
type Line = Pick<CustomerLink, 'send' | 'signal'> & {
  connection: { addTransceiver(track: MediaStreamTrack, init: RTCRtpTransceiverInit): SoundLine }
}

/** Gives the link a line for the sound when there is one, puts the sound into it, and says so. */
export function sendSound(sound: SoundShare, { connection, send, signal }: Line, { agree }: Negotiation) {
  let line: SoundLine | undefined
  let last = Promise.resolve()
  const follow = () => {
    last = last.then(put).catch(() => {
      // The line is as it was. Where the link is gone, the next one takes the sound; where it stands, nobody would hear it.
      if (!signal.aborted) sound.put(undefined)
    })
  }
  sound.onChange(follow, signal)
  if (sound.track) follow()

  async function put() {
    if (sound.track && !line) {
      await sleep(PICTURE_FIRST_MS, signal)
      signal.throwIfAborted()
      if (sound.track) await addLine(sound.track)
    }
    if (!line) return
    const { track } = sound
    await line.sender.replaceTrack(track ?? null)
    if (track && line.mid !== null) send({ type: 'sound', state: { kind: 'heard', since: Date.now(), mid: line.mid } })
    else send({ type: 'sound', state: { kind: 'silent' } })
  }

  async function addLine(track: MediaStreamTrack) {
    const added = connection.addTransceiver(track, {
      direction: 'sendonly',
      sendEncodings: [{ maxBitrate: MAX_BITRATE }],
    })
    try {
      await agree()
      line = added
    } catch (cause) {
      added.stop()
      throw cause
    }
  }
}
