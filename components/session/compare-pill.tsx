import type { Attendance } from '../../desk/session/attendance.ts'
import { m } from '../../paraglide/messages.js'

/** What to read to a customer who is on the phone. */
export function ComparePill({ attendance }: { attendance: Attendance }) {
  const words = attendance.compare.words.value
  if (!words) return null
  return (
    <span class="session-words" title={m.consent_words_desk_hint()}>
      {m.consent_words_desk()} <strong>{words.join(' · ')}</strong>
    </span>
  )
}
