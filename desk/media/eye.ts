import type { AttendanceState } from '../session/attendance-state.ts'
import type { Looking } from './looking.ts'

/** Looks at a customer's screen for a recording, also when no page of the desk shows it. */
export type Eye = {
  /** What is seen now; undefined where nothing is shared or the link is down. `fresh`: it changed since the last look. */
  look(): { video: HTMLVideoElement; fresh: boolean } | undefined
  close(): void
}

type Parts = { looking: Looking; state(): AttendanceState }

/** Follows the stage from screen to screen; without a stage, the session's own picture. */
export function openEye({ looking, state }: Parts): Eye {
  const own = document.createElement('video')
  own.muted = true
  own.playsInline = true
  let frames = -1
  let last: HTMLVideoElement | undefined

  function follow(stream: MediaStream) {
    if (own.srcObject === stream) return
    own.srcObject = stream
    own.play().catch(() => {})
  }

  return {
    look() {
      const now = state()
      if (now.kind !== 'live' || now.screen.kind !== 'shared') return undefined
      const stage = looking.picture.peek()
      const stream = stage?.srcObject instanceof MediaStream ? stage.srcObject : now.stream
      if (stream) follow(stream)
      // A still screen gives a new reader no picture at first: the stage has one.
      const video = [own, stage].find((one) => one && one.videoWidth > 0 && one.readyState >= 2)
      if (!video) return undefined
      const { totalVideoFrames } = video.getVideoPlaybackQuality()
      const fresh = video !== last || totalVideoFrames !== frames
      last = video
      frames = totalVideoFrames
      return { video, fresh }
    },
    close() {
      own.srcObject = null
    },
  }
}
