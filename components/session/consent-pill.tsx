import type { Attendance } from '../../desk/session/attendance.ts'
import { m } from '../../paraglide/messages.js'
import { aboutWords } from '../queue/consent-words.ts'
import { Pill } from '../ui/pill.tsx'

/** What the customer allows at this moment. */
export function ConsentPill({ attendance }: { attendance: Attendance }) {
  const granted = [...attendance.consents.now.value.values()].filter(({ state }) => state.kind === 'granted')
  if (granted.length === 0) return null
  return <Pill tone="info">{m.consent_allowed_now({ what: granted.map(aboutWords).join(', ') })}</Pill>
}
