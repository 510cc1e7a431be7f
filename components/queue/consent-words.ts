import type { LedgerLine } from '../../desk/case/consent-ledger.ts'
import type { TimelineLine } from '../../desk/case/timeline.ts'
import { m } from '../../paraglide/messages.js'
import type { ConsentEnder } from '../../protocol/consent.ts'
import { topicName } from '../customer/permission-words.ts'

/** A permission's name, with which file, folder or screen it is about. */
export function aboutWords({ what, detail }: Pick<LedgerLine, 'what' | 'detail'>): string {
  return detail ? m.consent_about({ what: topicName(what), detail }) : topicName(what)
}

/** By whom it was ended, for the technicians. `name`: the customer's. */
export function enderWords(by: ConsentEnder, name: string): string {
  switch (by) {
    case 'customer':
      return m.consent_by_customer({ name })
    case 'technician':
      return m.consent_by_technician()
    case 'cut':
      return m.consent_by_cut()
    case 'hand-over':
      return m.consent_by_hand_over()
    case 'done':
      return m.consent_by_done()
  }
}

/** A line of the timeline. */
export function consentWords({ line, what }: Extract<TimelineLine, { kind: 'consent' }>, name: string): string {
  const about = aboutWords(line)
  switch (what) {
    case 'granted':
      return m.consent_line_granted({ name, who: line.to, what: about })
    case 'refused':
      return m.consent_line_refused({ name, who: line.to, what: about })
    case 'ended': {
      const by = line.standing.kind === 'ended' ? enderWords(line.standing.by, name) : ''
      return m.consent_line_ended({ what: about, by })
    }
  }
}
