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
    if (shown !== (track ?? null)) {
      shown = track ?? null
      // A sender whose connection is gone takes nothing any more; the session tells of that itself.
      sender.replaceTrack(shown).catch(() => {})
    }
    if (state.kind === 'shared') adjust(state.mode)
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
