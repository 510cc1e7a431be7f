import type { CustomerLink, TechnicianLink } from '../live-link.ts'
import type { Negotiation } from '../negotiate.ts'

/** The two lines of a link that carry a call, each both ways. */
export type Lines = { voice: RTCRtpTransceiver; picture: RTCRtpTransceiver }

/** In bit/s. The screen has the rest. */
const MAX_VOICE = 40_000
const MAX_PICTURE = 600_000

/** Customer: gives the link its two lines. Those that it has, as that of the screen, are as they were. */
export async function makeLines(
  { connection }: Pick<CustomerLink, 'connection'>,
  { agree }: Negotiation,
): Promise<Lines> {
  const lines = {
    voice: connection.addTransceiver('audio', { direction: 'sendrecv' }),
    picture: connection.addTransceiver('video', { direction: 'sendrecv' }),
  }
  try {
    await agree()
    return lines
  } catch (cause) {
    lines.voice.stop()
    lines.picture.stop()
    throw cause
  }
}

/** Technician: those that the customer named. A page may name any line: only new ones that go both ways are a call's. */
export function namedLines(
  { connection }: Pick<TechnicianLink, 'connection'>,
  named: { voice: string; picture: string },
): Lines | undefined {
  const all = connection.getTransceivers().filter(({ direction }) => direction === 'sendrecv')
  const voice = all.find(({ mid, receiver }) => mid === named.voice && receiver.track.kind === 'audio')
  const picture = all.find(({ mid, receiver }) => mid === named.picture && receiver.track.kind === 'video')
  return voice && picture && { voice, picture }
}

/** Puts these tracks into the lines, or nothing. */
export async function fillLines(
  { voice, picture }: Lines,
  tracks: { microphone?: MediaStreamTrack; camera?: MediaStreamTrack },
): Promise<void> {
  await Promise.all([
    fill(voice.sender, tracks.microphone, MAX_VOICE),
    fill(picture.sender, tracks.camera, MAX_PICTURE),
  ])
}

async function fill(sender: RTCRtpSender, track: MediaStreamTrack | undefined, maxBitrate: number) {
  await sender.replaceTrack(track ?? null)
  if (!track) return
  const parameters = sender.getParameters()
  for (const encoding of parameters.encodings ?? []) encoding.maxBitrate = maxBitrate
  await sender.setParameters(parameters)
}
