import { type ReadonlySignal, signal } from '@preact/signals'
import { type Consents, createConsents } from '../../peer/consents.ts'
import type { CustomerPart } from '../../peer/live-link.ts'
import type { Consent, ConsentEnder, ConsentId, ConsentTopic } from '../../protocol/consent.ts'
import type { Lookup } from '../../protocol/ids.ts'
import { consentMemory } from './memory.ts'

/** What this page's customer was asked and allowed, from one seat to the next of the same code. */
export type Permissions = {
  list: ReadonlySignal<readonly Consent[]>
  /** Fresh for a seat, with what is kept of this code: what was allowed before a reload is over. */
  begin(lookup: Lookup, signal: AbortSignal): CustomerPart
  /** @see Consents.answer */
  answer(id: ConsentId, granted: boolean, detail?: string): void
  end(id: ConsentId): void
  /** @see Consents.finish */
  finish(id: ConsentId, by?: 'done' | 'hand-over'): void
  /** @see Consents.offer */
  offer(what: ConsentTopic, detail?: string): ConsentId | undefined
  /** Nothing holds any more: the session is over, or somebody else attends. */
  endAll(by: ConsentEnder): void
  /** It stays on the page, but a reload does not find it any more. */
  forget(): void
}

/** @param technician who helps now, as the page shows the name. */
export function startPermissions(technician: () => string): Permissions {
  const list = signal<readonly Consent[]>([])
  let consents: Consents | undefined
  let kept = true

  return {
    list,
    begin(lookup, until) {
      const before = consentMemory.read()
      const own = createConsents(technician, before?.lookup === lookup ? before.list : [])
      consents = own
      kept = true
      own.endAll('cut')
      const show = () => {
        list.value = own.list
        if (kept) consentMemory.write({ lookup, list: [...own.list] })
      }
      own.onChange(show, until)
      show()
      return own.part
    },
    answer: (id, granted, detail) => consents?.answer(id, granted, detail),
    end: (id) => consents?.end(id),
    finish: (id, by) => consents?.finish(id, by),
    offer: (what, detail) => consents?.offer(what, detail),
    endAll: (by) => consents?.endAll(by),
    forget() {
      kept = false
      consentMemory.write(undefined)
    },
  }
}

/** What holds at this moment. */
export function granted(consents: readonly Consent[]): readonly Consent[] {
  return consents.filter(({ state }) => state.kind === 'granted')
}
