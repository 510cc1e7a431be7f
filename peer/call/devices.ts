import type { DeviceFault } from '../../protocol/call.ts'

/** A camera or a microphone. */
export type DeviceKind = 'microphone' | 'camera'

/** What somebody wants to put into a call; without either, they only listen. */
export type Wish = Readonly<Record<DeviceKind, boolean>>

export type OpenDevices = { tracks: Partial<Record<DeviceKind, MediaStreamTrack>>; fault: DeviceMissing | undefined }
/** Which device is missing, and why; or that this side talks with somebody else. */
export type OpenFault = DeviceMissing | { why: 'other-call' }
export type DeviceMissing = { device: DeviceKind; why: DeviceFault }

/** Large enough for a face, or for the label under a machine; the screen has the line first. */
const CAMERA = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { max: 24 } }
const VOICE = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }

/** Opens what is wanted, as far as the browser gives it. Both are asked for at once, so that a person is asked once. */
export async function openDevices({ microphone, camera }: Wish): Promise<OpenDevices> {
  if (!microphone && !camera) return { tracks: {}, fault: undefined }
  try {
    return { tracks: await open({ microphone, camera }), fault: undefined }
  } catch (cause) {
    if (!microphone || !camera)
      return { tracks: {}, fault: { device: camera ? 'camera' : 'microphone', why: faultOf(cause) } }
  }
  const voice = await openDevices({ microphone: true, camera: false })
  const picture = await openDevices({ microphone: false, camera: true })
  return { tracks: { ...voice.tracks, ...picture.tracks }, fault: voice.fault ?? picture.fault }
}

/** One device, or a certain one. @throws what the browser says */
export async function openDevice(kind: DeviceKind, deviceId?: string): Promise<MediaStreamTrack | undefined> {
  const tracks = await open({ microphone: kind === 'microphone', camera: kind === 'camera' }, deviceId)
  return tracks[kind]
}

async function open({ microphone, camera }: Wish, deviceId?: string): Promise<OpenDevices['tracks']> {
  // A page without TLS has no devices at all.
  if (!navigator.mediaDevices) throw new DOMException('no devices here', 'NotFoundError')
  const certain = deviceId === undefined ? {} : { deviceId: { exact: deviceId } }
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: microphone && { ...VOICE, ...certain },
    video: camera && { ...CAMERA, ...certain },
  })
  const [voice] = stream.getAudioTracks()
  const [picture] = stream.getVideoTracks()
  return { ...(voice && { microphone: voice }), ...(picture && { camera: picture }) }
}

export function faultOf(cause: unknown): DeviceFault {
  const name = cause instanceof DOMException ? cause.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused-by-browser'
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'no-device' : 'device-taken'
}
