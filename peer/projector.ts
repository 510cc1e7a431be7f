import type { ScreenMode } from '../protocol/link.ts'
import { MODES } from './modes.ts'
import type { ScreenShare } from './share.ts'

/**
 * Puts a share into a prepared sender, and keeps its settings those of the share's mode.
 * @returns to be called at each change of the share.
 */
export function createProjector(sender: RTCRtpSender): (share: ScreenShare) => void {
  let shown: MediaStreamTrack | null = null
  let mode: ScreenMode | undefined
  let settings = Promise.resolve()
  adjust('automatic')
  return ({ state, track }) => {
    if (shown !== (track ?? null)) void put(track ?? null)
    if (state.kind === 'shared') adjust(state.mode)
  }

  async function put(track: MediaStreamTrack | null) {
    shown = track
    try {
      await sender.replaceTrack(track)
      if (track) await sendAtOnce(track)
    } catch {
      // The connection or the capture is gone, of which session and share tell themselves.
    }
  }

  function adjust(wanted: ScreenMode) {
    if (mode === wanted) return
    mode = wanted
    const { maxBitrate, maxFramerate, degradationPreference } = MODES[wanted]
    settings = settings
      .then(async () => {
        const parameters = sender.getParameters()
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
