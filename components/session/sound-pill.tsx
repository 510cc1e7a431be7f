import type { TicketSound } from '../../desk/session/sound.ts'
import { m } from '../../paraglide/messages.js'
import { Pill } from '../ui/pill.tsx'

/** That sound is shared, also with the tools folded. */
export function SoundPill({ sound }: { sound: TicketSound }) {
  if (!sound.heard.value) return null
  return <Pill tone="info">{sound.muted.value ? m.sound_pill_muted() : m.sound_pill()}</Pill>
}
