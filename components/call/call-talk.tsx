import { Maximize2, Mic, MicOff, Minimize2, PhoneOff, Settings2, Video, VideoOff } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import type { CallActions, CallNow } from '../../peer/call/call-handle.ts'
import type { Call } from '../../peer/call/call-rules.ts'
import { Button } from '../ui/button.tsx'
import { Elapsed } from '../ui/elapsed.tsx'
import { CallPicture } from './call-picture.tsx'
import { faultSentence } from './call-words.ts'
import { DeviceChoice } from './device-choice.tsx'
import { Level } from './level.tsx'

type Props = {
  state: CallNow
  call: Extract<Call, { kind: 'on' }>
  does: CallActions
  name: string
  /** What mutes, where a key does. */
  muteKey: string | undefined
}

/** While two talk. */
export function CallTalk({ state: { mine, own, theirs, fault }, call, does, name, muteKey }: Props) {
  const [large, setLarge] = useState(false)
  const [devices, showDevices] = useState(false)
  const muted = mine.microphone !== 'on'
  const filming = mine.camera === 'on'
  const told = thereSentence(call.theirs, name)
  return (
    <section class={`call call-on ${large ? 'call-large' : ''}`} aria-label={m.call_with({ name })}>
      <h2>
        {m.call_with({ name })} <Elapsed since={call.since} />
      </h2>
      {(theirs.picture || own.camera) && (
        <div class={`call-pictures ${theirs.picture ? 'call-both' : ''}`}>
          {theirs.picture && (
            <CallPicture class="call-theirs" track={theirs.picture} label={m.call_picture_of({ name })} />
          )}
          {own.camera && <CallPicture class="call-mine" track={own.camera} label={m.call_picture_mine()} />}
        </div>
      )}
      <p class="call-told" role="status">
        {told}
      </p>
      <div class="call-levels">
        {theirs.voice && <Level track={theirs.voice} who={name} label={m.call_level_there({ name })} />}
        {own.microphone && <Level track={own.microphone} who={m.call_you()} label={m.call_level_mine()} />}
      </div>
      {fault && (
        <p class="call-fault" role="alert">
          {faultSentence(fault)}
        </p>
      )}
      <div class="call-actions">
        {mine.microphone === 'none' ? (
          <Button onClick={() => void does.turn('microphone', true)}>
            <Mic aria-hidden="true" />
            {m.call_speak()}
          </Button>
        ) : (
          <Button
            aria-pressed={muted}
            {...(muteKey && { shortcut: muteKey })}
            onClick={() => void does.turn('microphone', muted)}
          >
            {muted ? <MicOff aria-hidden="true" /> : <Mic aria-hidden="true" />}
            {m.call_mute()}
          </Button>
        )}
        <Button aria-pressed={filming} onClick={() => void does.turn('camera', !filming)}>
          {filming ? <Video aria-hidden="true" /> : <VideoOff aria-hidden="true" />}
          {m.call_camera()}
        </Button>
        {theirs.picture && (
          <Button onClick={() => setLarge(!large)}>
            {large ? <Minimize2 aria-hidden="true" /> : <Maximize2 aria-hidden="true" />}
            {large ? m.call_smaller() : m.call_larger()}
          </Button>
        )}
        <Button aria-expanded={devices} onClick={() => showDevices(!devices)}>
          <Settings2 aria-hidden="true" />
          {m.call_devices()}
        </Button>
        <Button kind="stop" onClick={does.end}>
          <PhoneOff aria-hidden="true" />
          {m.call_end()}
        </Button>
      </div>
      {devices && <DeviceChoice own={own} onChoose={(kind, id) => void does.choose(kind, id)} />}
    </section>
  )
}

/** What of the other side is not as one would expect. */
function thereSentence({ microphone, camera }: Props['call']['theirs'], name: string): string {
  const voice =
    microphone === 'off'
      ? m.call_muted_there({ name })
      : microphone === 'none' && camera === 'none'
        ? m.call_listens_there({ name })
        : ''
  return [voice, camera === 'off' ? m.call_camera_off_there({ name }) : ''].filter(Boolean).join(' · ')
}
