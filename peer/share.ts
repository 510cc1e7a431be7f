import type { ScreenMode, ScreenState } from '../protocol/link.ts'
import { FIRST_SCREEN, type Surface } from '../protocol/screens.ts'
import { type CapturedScreen, createFurtherScreens, type FurtherScreens } from './further-screens.ts'
import { MODES } from './modes.ts'
import { createSoundShare, type SoundShare } from './sound-share.ts'

/** Lib.dom does not know these yet; browsers that do not either ignore them. */
type PickerOptions = DisplayMediaStreamOptions & {
  audio: false | (MediaTrackConstraints & { restrictOwnAudio: boolean })
  systemAudio: 'exclude' | 'include'
  selfBrowserSurface: 'exclude' | 'include'
  surfaceSwitching: 'exclude' | 'include'
  monitorTypeSurfaces: 'exclude' | 'include'
}

/**
 * Text of a larger screen stays legible at this size, and encoders keep up with it. Twice the frame rate that is sent finds
 * each new picture sooner.
 */
const PICKER: PickerOptions = {
  video: { frameRate: { ideal: 60 }, width: { max: 2560 }, height: { max: 1600 } },
  // With it the picker offers a switch, where the browser can: whoever shares decides.
  audio: { autoGainControl: false, echoCancellation: false, noiseSuppression: false, restrictOwnAudio: true },
  systemAudio: 'include',
  selfBrowserSurface: 'exclude',
  surfaceSwitching: 'include',
  monitorTypeSurfaces: 'include',
}

/** The customer's shared screen. One object for the page: it outlives sessions, and each new one shows it at once. */
export type ScreenShare = {
  readonly state: ScreenState
  /** The captured picture while it is shared. */
  readonly track: MediaStreamTrack | undefined
  /** What is heard of it. */
  readonly sound: SoundShare
  /** What is shown beside it; it ends with it, unless that is taken away alone. */
  readonly further: FurtherScreens
  /**
   * Opens the browser's picker; call it straight from the person's click. While something is shared it picks another
   * surface, and a cancelled picker changes nothing. Never rejects: `state` says how it went.
   */
  start(mode: ScreenMode): Promise<void>
  /** Without a new picker. */
  setMode(mode: ScreenMode): void
  /** All that is shown. */
  stop(): void
  /** This one only: what is shown beside it for the longest time takes its place, under its own number. */
  stopFirst(): void
  /**
   * Shows nothing to anybody while the browser goes on capturing, until `goOn`. What is still being picked was meant for whoever was there
   * before: it begins held.
   */
  hold(): void
  /** Shows what was held. */
  goOn(): void
  /** The person does not want to share although asked. */
  decline(): void
  onChange(changed: () => void, signal: AbortSignal): void
}

/** Whether this browser can capture a screen; phones cannot. */
export function canShare(): boolean {
  return typeof navigator.mediaDevices?.getDisplayMedia === 'function'
}

type NotShared = Extract<ScreenState, { kind: 'not-shared' }>
type Current =
  | { state: NotShared; track?: undefined }
  | { state: Exclude<ScreenState, NotShared>; track: MediaStreamTrack }

const HELD: NotShared = { kind: 'not-shared', why: 'handed-over' }

/** @param signal ends the capture. */
export function createScreenShare({ signal }: { signal: AbortSignal }): ScreenShare {
  const changes = new EventTarget()
  const sound = createSoundShare()
  const further = createFurtherScreens({
    async capture() {
      const stream = await navigator.mediaDevices.getDisplayMedia({ ...PICKER, audio: false })
      const [track] = stream.getVideoTracks()
      if (!track) throw new Error('a capture without a picture')
      return { track, surface: surfaceOf(track) }
    },
    open: () => current.track !== undefined && !signal.aborted,
  })
  let current: Current = { state: { kind: 'not-shared', why: 'not-yet' } }
  let picker = PICKER
  let held = false
  /** How often it was held: a picker that was opened before is not for whoever is there now. */
  let holds = 0
  let picking = false
  signal.addEventListener('abort', () => end('stopped'), { once: true })

  return {
    get state() {
      return held ? HELD : current.state
    },
    get track() {
      return held ? undefined : current.track
    },
    sound,
    further,
    async start(mode) {
      if (picking || signal.aborted) return
      picking = true
      const before = holds
      try {
        const stream = await navigator.mediaDevices.getDisplayMedia(picker)
        begin(stream, mode, before !== holds)
      } catch (cause) {
        if (noSound(cause)) picker = { ...PICKER, audio: false }
        const cancelled = cause instanceof DOMException && cause.name === 'NotAllowedError'
        if (!current.track) set({ state: { kind: 'not-shared', why: cancelled ? 'picker-cancelled' : 'failed' } })
      } finally {
        picking = false
      }
    },
    setMode(mode) {
      if (!current.track || current.state.mode === mode) return
      current.track.contentHint = MODES[mode].contentHint
      set({ ...current, state: { ...current.state, mode } })
    },
    stop: () => end('stopped'),
    stopFirst() {
      if (!further.giveOldest(takePlace)) end('stopped')
    },
    hold() {
      holds += 1
      if (!current.track || held) return
      held = true
      // Whoever attends next has not been allowed to hear: it comes back with the next choice of a screen.
      sound.put(undefined)
      further.hold()
      changes.dispatchEvent(new Event('change'))
    },
    goOn() {
      if (!held) return
      held = false
      changes.dispatchEvent(new Event('change'))
    },
    decline: () => end('declined'),
    onChange(changed, until) {
      changes.addEventListener('change', changed, { signal: until })
    },
  }

  function begin(stream: MediaStream, mode: ScreenMode, forSomebodyElse: boolean) {
    const [track] = stream.getVideoTracks()
    if (!track) throw new Error('a capture without a picture')
    const [heard] = stream.getAudioTracks()
    if (signal.aborted) {
      heard?.stop()
      return track.stop()
    }
    current.track?.stop()
    if (forSomebodyElse) further.hold()
    // What was held was for somebody else.
    else if (held) further.end()
    const number = current.track ? current.state.number : FIRST_SCREEN
    follow(track, mode)
    const state = { kind: 'shared', number, surface: surfaceOf(track), mode, since: Date.now() } as const
    set({ state, track }, forSomebodyElse)
    if (forSomebodyElse) heard?.stop()
    else sound.put(heard)
  }

  /** Its sound went with the first one: a browser gives it with that picture only. */
  function takePlace({ number, surface, since, track }: CapturedScreen) {
    if (!current.track) return
    const { mode } = current.state
    current.track.stop()
    sound.put(undefined)
    follow(track, mode)
    set({ state: { kind: 'shared', number, surface, mode, since }, track })
  }

  function follow(track: MediaStreamTrack, mode: ScreenMode) {
    track.contentHint = MODES[mode].contentHint
    track.addEventListener('ended', () => {
      if (current.track === track) end('stopped-in-browser')
    })
  }

  /** A track that the page stops fires no `ended`. */
  function end(why: NotShared['why']) {
    current.track?.stop()
    further.end()
    sound.put(undefined)
    set({ state: { kind: 'not-shared', why } })
  }

  function set(next: Current, holding = held && next.track === current.track) {
    held = holding
    current = next
    changes.dispatchEvent(new Event('change'))
  }
}

/** Some computers cannot give their sound, and then give no picture either: the next try is without. */
function noSound(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === 'NotReadableError'
}

function surfaceOf(track: MediaStreamTrack): Surface {
  const { displaySurface } = track.getSettings()
  return displaySurface === 'monitor' || displaySurface === 'window' || displaySurface === 'browser'
    ? displaySurface
    : 'unknown'
}
