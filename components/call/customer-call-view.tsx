import { useShortcuts } from '../desk/shortcuts.ts'
import type { CallControl } from './call-control.ts'
import { CallPanel } from './call-panel.tsx'
import { CallVoice } from './call-voice.tsx'
import { useRing } from './ring.ts'

/** The call on the customer's page: a card, its ring, and the technician's voice. */
export function CustomerCallView({ call, name }: { call: CallControl; name: string }) {
  const now = call.now.value
  const talks = now?.call.kind === 'on' && now.mine.microphone !== 'none'
  const muted = now?.mine.microphone === 'off'
  useRing(now?.call.kind === 'ringing', async () => true)
  useShortcuts(talks ? { M: () => void call.does?.turn('microphone', muted) } : {})
  return (
    <div class="card call-card">
      <CallPanel call={call} name={name} muteKey="Shift+M" />
      {now?.call.kind === 'on' && <CallVoice track={now.theirs.voice} name={name} />}
    </div>
  )
}
