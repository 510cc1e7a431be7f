import type { CaseEntry } from '../../desk/case/case-entry.ts'
import type { ListedMedia } from '../../desk/case/case-media.ts'
import type { KeptTransfer } from '../../desk/case/case-transfers.ts'
import { m } from '../../paraglide/messages.js'
import type { Consent } from '../../protocol/consent.ts'
import type { Time } from '../../protocol/ids.ts'

type Kept = {
  history: readonly CaseEntry[]
  consents: readonly Consent[]
  notes: string
  media: readonly ListedMedia[]
  files: readonly KeptTransfer[]
  /** From the first link to the end. */
  began: Time
  ended: Time
}

/** What of a session is kept, a line each; what there was nothing of is left out. */
export function keptLines({ history, consents, notes, media, files, began, ended }: Kept): string[] {
  const during = (at: Time) => at >= began && at <= ended
  const messages = history.filter((entry) => entry.kind === 'message' && during(entry.at)).length
  const listed = media.filter(({ at }) => during(at))
  const recordings = listed.filter(({ kind }) => kind === 'recording').length
  const images = listed.length - recordings
  const sent = files.filter(({ at }) => during(at)).reduce((sum, { state }) => sum + wholeOf(state), 0)
  const asked = consents.filter((consent) => during(spokenOfAt(consent))).length
  return [
    messages > 0 && m.consent_kept_messages({ count: messages }),
    images > 0 && m.consent_kept_images({ count: images }),
    recordings > 0 && m.consent_kept_recordings({ count: recordings }),
    sent > 0 && m.consent_kept_files({ count: sent }),
    asked > 0 && m.consent_kept_consents({ count: asked }),
    notes.trim() !== '' && m.consent_kept_notes(),
  ].filter((line) => line !== false)
}

/** Whether there are images or recordings among it: this browser has them. */
export function keptHere({ media, began, ended }: Pick<Kept, 'media' | 'began' | 'ended'>): boolean {
  return media.some(({ at }) => at >= began && at <= ended)
}

function wholeOf(state: KeptTransfer['state']): number {
  return state.kind === 'done' ? state.whole : 0
}

function spokenOfAt({ asked, state }: Consent): Time {
  if (asked !== undefined) return asked
  if (state.kind === 'asked') return 0
  return state.kind === 'ended' ? state.granted : state.at
}
