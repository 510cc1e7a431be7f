import type { SoundState } from '../protocol/sound.ts'

/** The sound of what the customer shows, where the browser gave it with the picture. It goes when its picture goes, or before. */
export type SoundShare = {
  readonly state: SoundState
  /** What is heard. */
  readonly track: MediaStreamTrack | undefined
  /** Takes the sound of a capture in the place of the one before; undefined where it came without. */
  put(track: MediaStreamTrack | undefined): void
  onChange(changed: () => void, signal: AbortSignal): void
}

type Current = { state: SoundState; track: MediaStreamTrack | undefined }
const SILENT: Current = { state: { kind: 'silent' }, track: undefined }

export function createSoundShare(): SoundShare {
  const changes = new EventTarget()
  let current = SILENT

  function put(track: MediaStreamTrack | undefined) {
    if (track === current.track) return
    // A track that the page stops fires no `ended`.
    current.track?.stop()
    current = track ? { state: { kind: 'heard', since: Date.now() }, track } : SILENT
    if (track) {
      // Not somebody's voice: what an encoder would leave out of it is heard.
      track.contentHint = 'music'
      track.addEventListener('ended', () => {
        if (current.track === track) put(undefined)
      })
    }
    changes.dispatchEvent(new Event('change'))
  }

  return {
    get state() {
      return current.state
    },
    get track() {
      return current.track
    },
    put,
    onChange(changed, signal) {
      changes.addEventListener('change', changed, { signal })
    },
  }
}
