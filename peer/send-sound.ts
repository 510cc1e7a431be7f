import type { CustomerLink } from './live-link.ts'
import type { SoundShare } from './sound-share.ts'

/** Enough for music and for every sound that a computer makes, in bit/s; half of it is what browsers take for a voice. */
const MAX_BITRATE = 64_000

/** What of a link the sound goes by. */
type Line = Pick<CustomerLink, 'send' | 'signal'> & { audio: { sender: Sender } }
type Sender = Pick<RTCRtpSender, 'replaceTrack' | 'getParameters' | 'setParameters'>

/** Puts the sound into the link's prepared line, and says so. */
export function sendSound(sound: SoundShare, { audio, send, signal }: Line) {
  let last = Promise.resolve()
  const show = () => {
    const track = sound.track ?? null
    last = last
      .then(() => audio.sender.replaceTrack(track))
      // The connection or the capture is gone, of which session and share tell themselves.
      .catch(() => {})
    send({ type: 'sound', state: sound.state })
  }
  limit(audio.sender).catch(() => {})
  sound.onChange(show, signal)
  show()
}

async function limit(sender: Sender) {
  const parameters = sender.getParameters()
  const encodings = parameters.encodings.map((encoding) => ({ ...encoding, maxBitrate: MAX_BITRATE }))
  await sender.setParameters({ ...parameters, encodings })
}
