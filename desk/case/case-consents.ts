import { type ReadonlySignal, signal } from '@preact/signals'
import * as v from 'valibot'
import type * as Y from 'yjs'
import { Consent } from '../../protocol/consent.ts'

/** What the customer of a ticket was asked and allowed, as the customer's page told it; kept with the case. */
export type CaseConsents = {
  /** In the order in which they were told first. */
  readonly list: ReadonlySignal<readonly Consent[]>
  put(consent: Consent): void
}

export function caseConsents(document: Y.Doc): CaseConsents {
  const kept = document.getMap<unknown>('consents')
  const list = signal(read(kept))
  kept.observe(() => {
    list.value = read(kept)
  })
  return {
    list,
    put(consent) {
      const before = kept.get(consent.id)
      // A page tells all of it on each link.
      if (JSON.stringify(before) !== JSON.stringify(consent)) kept.set(consent.id, consent)
    },
  }
}

function read(kept: Y.Map<unknown>): readonly Consent[] {
  const valid = [...kept.values()].flatMap((entry) => {
    const consent = v.safeParse(Consent, entry)
    return consent.success ? [consent.output] : []
  })
  return valid.sort((a, b) => begun(a) - begun(b))
}

/** When it was first spoken of, by the customer's clock. */
function begun({ asked, state }: Consent): number {
  if (asked !== undefined) return asked
  if (state.kind === 'asked') return 0
  return state.kind === 'ended' ? state.granted : state.at
}
