import type { ScreenMode } from '../protocol/link.ts'
import { codecFor, withCodec } from './codec.ts'
import { MODES } from './modes.ts'
import { pictureSize } from './picture-size.ts'
import { RESTING } from './resting-screens.ts'
import type { ScreenShare } from './share.ts'

/**
 * Puts a share into a prepared sender, and keeps its settings those of the share's mode.
 * @returns to be called at each change of the share, or of whether it `rests`: nobody looks at it.
 */
export function createProjector(
  sender: RTCRtpSender,
): (share: Pick<ScreenShare, 'state' | 'track'>, rests?: boolean) => void {
  let shown: MediaStreamTrack | null = null
  let mode: ScreenMode = 'automatic'
  let resting = false
  let size = { width: 0, height: 0 }
  let applied = ''
  let settings = Promise.resolve()
  adjust()
  return ({ state, track }, rests = false) => {
    const changed = rests !== resting || (state.kind === 'shared' && state.mode !== mode)
    resting = rests
    if (state.kind === 'shared') mode = state.mode
    if (shown !== (track ?? null)) void put(track ?? null)
    else if (changed) adjust()
  }

  async function put(track: MediaStreamTrack | null) {
    shown = track
    if (track) {
      const measured = await pictureSize(track)
      if (shown !== track) return
      size = measured
      adjust()
    }
    // A codec that changed after the first picture would hold up the second.
    await settings
    if (shown !== track) return
    try {
      await sender.replaceTrack(track)
      if (track) await sendAtOnce(track)
    } catch {
      // The connection or the capture is gone, of which session and share tell themselves.
    }
  }

  function adjust() {
    const { degradationPreference } = MODES[mode]
    const { maxBitrate, maxFramerate } = resting ? RESTING : MODES[mode]
    const codec = codecFor(mode, size)
    // Setting the same again makes the encoder anew, and the first picture late.
    const wanted = `${mode} ${codec} ${resting}`
    if (applied === wanted) return
    applied = wanted
    settings = settings
      .then(async () => {
        const parameters = withCodec(sender.getParameters(), codec)
        const encodings = parameters.encodings.map((encoding) => ({ ...encoding, maxBitrate, maxFramerate }))
        await sender.setParameters({ ...parameters, encodings, degradationPreference })
      })
      // Refused where the connection is gone, of which the session tells; else a picture with the settings before beats none.
      .catch(() => {})
  }
}

/**
 * A still screen gives its picture once, often before the encoder is ready, and then not for a second. Chromium gives
 * it again when the frame rate changes; the second change is the one that stays.
 */
async function sendAtOnce(track: MediaStreamTrack) {
  const { frameRate = 30 } = track.getSettings()
  for (const ideal of [frameRate - 1, frameRate]) {
    await track.applyConstraints({ ...track.getConstraints(), frameRate: { ideal } })
  }
}
