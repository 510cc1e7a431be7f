import type { Consent, ConsentId, ConsentTopic } from '../protocol/consent.ts'
import type { Time } from '../protocol/ids.ts'
import { MAX_CONSENTS } from '../protocol/limits.ts'

/** What happens to one permission on the customer's page. */
export type ConsentEvent =
  | { type: 'asked'; id: ConsentId; what: ConsentTopic; detail?: string | undefined; to: string }
  /** Without having been asked, as by sharing a screen. */
  | { type: 'offered'; id: ConsentId; what: ConsentTopic; detail?: string | undefined; to: string }
  | { type: 'answered'; id: ConsentId; granted: boolean }
  | { type: 'ended'; id: ConsentId; by: 'customer' | 'technician' | 'cut' }

/** The permissions after an event. What does not fit the present ones changes nothing: the same list is returned. */
export function nextConsents(consents: readonly Consent[], event: ConsentEvent, now: Time): readonly Consent[] {
  const known = consents.find(({ id }) => id === event.id)
  switch (event.type) {
    case 'asked':
    case 'offered': {
      if (known || consents.length >= MAX_CONSENTS) return consents
      const { id, what, detail, to } = event
      const about = { id, what, ...(detail !== undefined && { detail }), to }
      if (event.type === 'offered') return [...consents, { ...about, state: { kind: 'granted', at: now } }]
      return [...consents, { ...about, asked: now, state: { kind: 'asked' } }]
    }
    case 'answered':
      if (known?.state.kind !== 'asked') return consents
      return changed(consents, { ...known, state: { kind: event.granted ? 'granted' : 'refused', at: now } })
    case 'ended':
      if (known?.state.kind === 'asked') return changed(consents, { ...known, state: { kind: 'withdrawn', at: now } })
      if (known?.state.kind !== 'granted') return consents
      return changed(consents, { ...known, state: { kind: 'ended', granted: known.state.at, at: now, by: event.by } })
  }
}

/**
 * Whether a customer's page may say `next` after `before` of one permission. `asked`: what this desk asked under that id. A page that says
 * it was asked what nobody asked, or that brings back what was over, is not believed.
 */
export function believable(before: Consent | undefined, next: Consent, asked: ConsentTopic | undefined): boolean {
  if (next.asked !== undefined && !before && next.what !== asked) return false
  if (!before) return true
  const same = before.what === next.what && before.to === next.to && before.asked === next.asked
  return same && next.detail === before.detail && mayFollow(before.state, next.state)
}

type State = Consent['state']

function mayFollow(before: State, next: State): boolean {
  if (before.kind === next.kind) return JSON.stringify(before) === JSON.stringify(next)
  switch (before.kind) {
    case 'asked':
      return next.kind !== 'ended' || next.granted <= next.at
    case 'granted':
      return next.kind === 'ended' && next.granted === before.at
    default:
      return false
  }
}

function changed(consents: readonly Consent[], next: Consent): readonly Consent[] {
  return consents.map((consent) => (consent.id === next.id ? next : consent))
}
