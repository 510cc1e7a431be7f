import './sound-tools.css'
import { Volume2, VolumeX } from 'lucide-preact'
import type { TicketSound } from '../../desk/session/sound.ts'
import { m } from '../../paraglide/messages.js'
import { IconButton } from '../ui/icon-button.tsx'

/** How loud the customer's computer is here, while its sound is shared. */
export function SoundTools({ sound }: { sound: TicketSound }) {
  const muted = sound.muted.value
  if (!sound.heard.value) return null
  return (
    <span class="session-tools-group">
      <IconButton label={m.sound_mute()} aria-pressed={muted} onClick={sound.toggle} shortcut="m">
        {muted ? <VolumeX aria-hidden="true" /> : <Volume2 aria-hidden="true" />}
      </IconButton>
      <input
        class="sound-volume"
        type="range"
        min={0}
        max={100}
        step={5}
        aria-label={m.sound_volume()}
        disabled={muted}
        value={Math.round(sound.volume.value * 100)}
        onInput={({ currentTarget }) => {
          sound.volume.value = currentTarget.valueAsNumber / 100
        }}
      />
    </span>
  )
}
