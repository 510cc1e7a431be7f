import type { Consent, ConsentEnder, ConsentId } from '../../protocol/consent.ts'
import type { Time } from '../../protocol/ids.ts'
import type { CaseEntry, CaseEvent } from './case-entry.ts'

/** How one permission stands, or how it ended. `at` is undefined where nobody was there to see it. */
export type Standing =
  | { kind: 'asked' }
  /** Taken back, or the link went first. */
  | { kind: 'unanswered'; at: Time | undefined }
  | { kind: 'refused'; at: Time }
  /** Holds now. */
  | { kind: 'granted'; at: Time }
  | { kind: 'ended'; granted: Time; at: Time | undefined; by: ConsentEnder }

export type LedgerLine = Omit<Consent, 'state'> & { standing: Standing }

type Sources = {
  kept: readonly Consent[]
  history: readonly CaseEntry[]
  /** What the page says now, where this desk is linked to it; undefined where it is not. */
  now: ReadonlyMap<ConsentId, Consent> | undefined
  /** Some desk is linked to the customer. */
  inSession: boolean
}

/**
 * The ledger of a ticket, in the order in which it was kept. What a cut, a crash or a closed page left open reads as ended: only the page
 * that is there can say that something still holds.
 */
export function ledgerOf({ kept, history, now, inSession }: Sources): LedgerLine[] {
  return kept.map(({ state, ...about }) => ({ ...about, standing: standingOf(about, state) }))

  function standingOf({ id, asked }: Omit<Consent, 'state'>, state: Consent['state']): Standing {
    if (state.kind === 'withdrawn') return { kind: 'unanswered', at: state.at }
    if (state.kind === 'refused' || state.kind === 'ended') return state
    const begun = state.kind === 'granted' ? state.at : (asked ?? 0)
    const end = endAfter(history, begun)
    const holds = now ? now.has(id) : inSession && !end
    if (holds) return state
    if (state.kind === 'asked') return { kind: 'unanswered', at: end?.at }
    return { kind: 'ended', granted: state.at, at: end?.at, by: ENDERS[end?.what ?? 'lost'] ?? 'cut' }
  }
}

const ENDERS: Partial<Record<CaseEvent['what'], ConsentEnder>> = {
  'ended-by-technician': 'technician',
  'ended-by-customer': 'customer',
  'not-asked': 'customer',
}

/** What ended the session in which something was open. The two clocks are two computers', and may differ a little. */
function endAfter(history: readonly CaseEntry[], begun: Time): CaseEvent | undefined {
  return history.find(
    (entry): entry is CaseEvent => entry.kind === 'event' && entry.at >= begun && ENDS.has(entry.what),
  )
}

const ENDS = new Set<CaseEvent['what']>([
  'ended-by-technician',
  'ended-by-customer',
  'not-asked',
  'customer-left',
  'lost',
])
