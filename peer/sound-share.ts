/** The sound of what the customer shows, where the browser gave it with the picture. It goes when its picture goes, or before. */
export type SoundShare = {
  /** What is heard; undefined while nothing is. */
  readonly track: MediaStreamTrack | undefined
  /** Takes the sound of a capture in the place of the one before; undefined where it came without. */
  put(track: MediaStreamTrack | undefined): void
  onChange(changed: () => void, signal: AbortSignal): void
}

export function createSoundShare(): SoundShare {
  const changes = new EventTarget()
  let current: MediaStreamTrack | undefined

  function put(track: MediaStreamTrack | undefined) {
    if (track === current) return
    // A track that the page stops fires no `ended`.
    current?.stop()
    current = track
    if (track) {
      // Not somebody's voice: what an encoder would leave out of it is heard.
      track.contentHint = 'music'
      track.addEventListener('ended', () => {
        if (current === track) put(undefined)
      })
    }
    changes.dispatchEvent(new Event('change'))
  }

  return {
    get track() {
      return current
    },
    put,
    onChange(changed, signal) {
      changes.addEventListener('change', changed, { signal })
    },
  }
}
