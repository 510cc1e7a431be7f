import type { ScreenMode } from '../protocol/link.ts'
import { CHANGE_CODEC_MS, settledCodec, withCodec } from './codec.ts'
import { MODES } from './modes.ts'
import type { ScreenShare } from './share.ts'
import { sleep } from './sleep.ts'

/**
 * Puts a share into a prepared sender, and keeps its settings those of the share's mode.
 * @returns to be called at each change of the share.
 */
export function createProjector(sender: RTCRtpSender, signal: AbortSignal): (share: ScreenShare) => void {
  let shown: MediaStreamTrack | null = null
  let mode: ScreenMode = 'automatic'
  let settled = false
  let settings = Promise.resolve()
  adjust()
  return ({ state, track }) => {
    if (shown !== (track ?? null)) void put(track ?? null)
    if (state.kind !== 'shared' || state.mode === mode) return
    mode = state.mode
    adjust()
  }

  async function put(track: MediaStreamTrack | null) {
    shown = track
    settled = false
    try {
      await sender.replaceTrack(track)
      if (track) await sendAtOnce(track)
    } catch {
      // The connection or the capture is gone, of which session and share tell themselves.
    }
    await sleep(CHANGE_CODEC_MS, signal)
    if (!track || shown !== track || signal.aborted) return
    settled = true
    adjust()
  }

  function adjust() {
    const { maxBitrate, maxFramerate, degradationPreference } = MODES[mode]
    const codec = settled && shown ? settledCodec(mode, shown.getSettings()) : 'video/VP8'
    settings = settings
      .then(async () => {
        const parameters = withCodec(sender.getParameters(), codec)
        const encodings = parameters.encodings.map((encoding) => ({ ...encoding, maxBitrate, maxFramerate }))
        await sender.setParameters({ ...parameters, encodings, degradationPreference })
      })
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
