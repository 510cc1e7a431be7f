import type { CallDevices, DeviceState } from '../../protocol/call.ts'
import type { DeviceKind } from './devices.ts'

export type Tracks = Partial<Record<DeviceKind, MediaStreamTrack>>

/** The devices that this side has open for a call. */
export type OwnDevices = {
  readonly tracks: Readonly<Tracks>
  /** As the other side is told. */
  readonly states: CallDevices
  /** Takes a track in the place of the one before, which is let go; or nothing. */
  put(kind: DeviceKind, track: MediaStreamTrack | undefined): void
  /** The camera's track is let go while it is off, and with it its light. */
  cameraOff(): void
  /** @returns false where there is no microphone. */
  mute(muted: boolean): boolean
}

/** @param onLost unplugged, or taken back by the browser; it is let go already */
export function ownDevices(onLost: (kind: DeviceKind) => void): OwnDevices {
  const tracks: Tracks = {}
  let off = false

  function put(kind: DeviceKind, track: MediaStreamTrack | undefined) {
    if (kind === 'camera') off = false
    const before = tracks[kind]
    if (before === track) return
    before?.stop()
    if (track) tracks[kind] = track
    else delete tracks[kind]
    // One that the page stops fires no `ended`.
    track?.addEventListener('ended', () => {
      if (tracks[kind] !== track) return
      put(kind, undefined)
      onLost(kind)
    })
  }

  return {
    get tracks() {
      return { ...tracks }
    },
    get states() {
      const microphone: DeviceState = tracks.microphone ? (tracks.microphone.enabled ? 'on' : 'off') : 'none'
      const camera: DeviceState = tracks.camera ? 'on' : off ? 'off' : 'none'
      return { microphone, camera }
    },
    put,
    cameraOff() {
      put('camera', undefined)
      off = true
    },
    mute(muted) {
      if (tracks.microphone) tracks.microphone.enabled = !muted
      return tracks.microphone !== undefined
    },
  }
}
