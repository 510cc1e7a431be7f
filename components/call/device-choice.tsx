import { useEffect, useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import type { CallNow } from '../../peer/call/call-handle.ts'
import type { DeviceKind } from '../../peer/call/devices.ts'
import { SelectField } from '../ui/select-field.tsx'

type Props = { own: CallNow['own']; onChoose: (kind: DeviceKind, deviceId: string) => void }

/** Which microphone and which camera, of those that are connected now. */
export function DeviceChoice({ own, onChoose }: Props) {
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([])
  useEffect(() => {
    const life = new AbortController()
    const look = () =>
      navigator.mediaDevices.enumerateDevices().then(
        (found) => life.signal.aborted || setDevices(found),
        () => {},
      )
    navigator.mediaDevices.addEventListener('devicechange', look, { signal: life.signal })
    void look()
    return () => life.abort()
  }, [])
  const choice = (kind: DeviceKind, sort: MediaDeviceKind, label: string) => {
    const options = devices
      .filter((device) => device.kind === sort && device.deviceId !== '')
      .map(({ deviceId, label: called }, index) => ({
        value: deviceId,
        name: called || m.call_device_number({ count: index + 1 }),
      }))
    const value = own[kind]?.getSettings().deviceId ?? ''
    if (options.length === 0) return null
    return (
      <SelectField
        label={label}
        value={value}
        options={value === '' ? [{ value: '', name: '–' }, ...options] : options}
        onValue={(id) => id !== '' && onChoose(kind, id)}
      />
    )
  }
  return (
    <div class="call-devices">
      {choice('microphone', 'audioinput', m.call_choose_microphone())}
      {choice('camera', 'videoinput', m.call_choose_camera())}
    </div>
  )
}
