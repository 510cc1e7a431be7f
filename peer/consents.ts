import * as v from 'valibot'
import { type Consent, type ConsentEnder, ConsentId, type ConsentTopic } from '../protocol/consent.ts'
import { type ConsentEvent, nextConsents } from './consent-rules.ts'
import type { CustomerTalk } from './live-link.ts'
import { randomId } from './random-id.ts'

/** What the customer of this page was asked and allowed. One object for a seat: it outlives links, and each new one is told all of it. */
export type Consents = {
  readonly list: readonly Consent[]
  /** The customer's gesture. `detail`: what was chosen, at most 200 characters, where the question did not say. */
  answer(id: ConsentId, granted: boolean, detail?: string): void
  /** Allows without having been asked. @returns undefined where there is no room to write it down: then it must not be shown */
  offer(what: ConsentTopic, detail?: string): ConsentId | undefined
  /** Takes back. */
  end(id: ConsentId): void
  /** What was allowed has been done. */
  finish(id: ConsentId, by?: 'done' | 'hand-over'): void
  /** Nothing of it holds any more, and nothing is asked. */
  endAll(by: ConsentEnder): void
  onChange(changed: () => void, signal: AbortSignal): void
  /** Asks, and is answered, on each new link. */
  part(link: CustomerTalk): void
}

/** @param technician who helps now, as the page shows the name. @param kept from before a reload. */
export function createConsents(technician: () => string, kept: readonly Consent[] = []): Consents {
  const changes = new EventTarget()
  let list = kept

  function happened(event: ConsentEvent) {
    const before = list
    list = nextConsents(before, event, Date.now())
    if (list !== before) changes.dispatchEvent(new Event('change'))
  }

  return {
    get list() {
      return list
    },
    answer: (id, granted, detail) => happened({ type: 'answered', id, granted, detail }),
    offer(what, detail) {
      const id = v.parse(ConsentId, randomId())
      const before = list
      happened({ type: 'offered', id, what, detail, to: technician() })
      return list === before ? undefined : id
    },
    end: (id) => happened({ type: 'ended', id, by: 'customer' }),
    finish: (id, by = 'done') => happened({ type: 'ended', id, by }),
    endAll: (by) => happened({ type: 'all-ended', by }),
    onChange(changed, signal) {
      changes.addEventListener('change', changed, { signal })
    },
    part({ send, on, signal }) {
      const told = new Map<ConsentId, Consent>()
      const tell = () => {
        for (const consent of list) {
          if (told.get(consent.id) !== consent) send({ type: 'consent', consent })
          told.set(consent.id, consent)
        }
      }
      changes.addEventListener('change', tell, { signal })
      on('consent-ask', ({ id, what, detail }) => happened({ type: 'asked', id, what, detail, to: technician() }))
      on('consent-end', ({ id }) => happened({ type: 'ended', id, by: 'technician' }))
      tell()
    },
  }
}
