import type { CaseEntry } from '../../desk/case/case-entry.ts'
import { m } from '../../paraglide/messages.js'
import type { Consent } from '../../protocol/consent.ts'
import type { Time } from '../../protocol/ids.ts'

type Kept = {
  history: readonly CaseEntry[]
  consents: readonly Consent[]
  notes: string
  /** From the first link to the end. */
  began: Time
  ended: Time
}

/** What of a session is kept, a line each; what there was nothing of is left out. */
export function keptLines({ history, consents, notes, began, ended }: Kept): string[] {
  const during = (at: Time) => at >= began && at <= ended
  const messages = history.filter((entry) => entry.kind === 'message' && during(entry.at)).length
  const asked = consents.filter((consent) => during(spokenOfAt(consent))).length
  return [
    messages > 0 && m.consent_kept_messages({ count: messages }),
    asked > 0 && m.consent_kept_consents({ count: asked }),
    notes.trim() !== '' && m.consent_kept_notes(),
  ].filter((line) => line !== false)
}

function spokenOfAt({ asked, state }: Consent): Time {
  if (asked !== undefined) return asked
  if (state.kind === 'asked') return 0
  return state.kind === 'ended' ? state.granted : state.at
}
