import { type ReadonlySignal, signal } from '@preact/signals'
import * as v from 'valibot'
import { believable } from '../../peer/consent-rules.ts'
import type { TechnicianTalk } from '../../peer/live-link.ts'
import { randomId } from '../../peer/random-id.ts'
import { type Consent, ConsentId, type ConsentTopic } from '../../protocol/consent.ts'
import { MAX_CONSENTS } from '../../protocol/limits.ts'
import type { CaseConsents } from '../case/case-consents.ts'

/** What this ticket's customer is asked and allows, from the technician's side. Only what the customer's page says counts. */
export type TicketConsents = {
  /** As the page of the session that is live tells it, by id; kept while a cut link is made again. */
  readonly now: ReadonlySignal<ReadonlyMap<ConsentId, Consent>>
  /** @returns false where nothing was asked: no link, or the same is asked or granted already; of screens there may be several. */
  ask(what: ConsentTopic, detail?: string): boolean
  /** Takes the question back, or gives up what was granted. */
  end(id: ConsentId): void
  part(link: TechnicianTalk): void
  /** The session is over: nothing holds that its page does not say again. */
  over(): void
}

/** The case's own list. `loaded`: what an earlier link, or another technician, was told is in it. */
type Kept = CaseConsents & { loaded: Promise<void> }

/** @param kept opened when it is first needed. */
export function ticketConsents(kept: () => Kept): TicketConsents {
  const now = signal<ReadonlyMap<ConsentId, Consent>>(new Map())
  /** What was asked from here, whatever link it went over. */
  const asked = new Map<ConsentId, ConsentTopic>()
  /** What was ended from here: said again where the page does not know it, as after a cut. */
  const endedHere = new Set<ConsentId>()
  let link: TechnicianTalk | undefined

  function hear(consent: Consent) {
    const told = now.peek().get(consent.id)
    if (!told && now.peek().size >= MAX_CONSENTS) return
    const { list, put } = kept()
    const known = told ?? list.peek().find(({ id }) => id === consent.id)
    if (!believable(known, consent, asked.get(consent.id))) return
    now.value = new Map(now.peek()).set(consent.id, consent)
    put(consent)
    if (isOpen(consent) && endedHere.has(consent.id)) link?.send({ type: 'consent-end', id: consent.id })
  }

  return {
    now,
    ask(what, detail) {
      const consents = now.peek().values()
      const same = what === 'screen' ? questionOf(consents, what) : standing(consents, what)
      if (!link || same) return false
      const id = v.parse(ConsentId, randomId())
      asked.set(id, what)
      link.send({ type: 'consent-ask', id, what, ...(detail !== undefined && { detail }) })
      return true
    },
    end(id) {
      if (!link) return
      endedHere.add(id)
      link.send({ type: 'consent-end', id })
    },
    part(live) {
      link = live
      live.signal.addEventListener('abort', () => {
        if (link === live) link = undefined
      })
      // After a reload the page tells what only the case still knows to have been asked.
      let early: Consent[] | undefined = []
      live.on('consent', ({ consent }) => {
        if (!early) hear(consent)
        else if (early.length < MAX_CONSENTS) early.push(consent)
      })
      void kept().loaded.then(() => {
        if (link === live) for (const consent of early ?? []) hear(consent)
        early = undefined
      })
    },
    over() {
      link = undefined
      endedHere.clear()
      now.value = new Map()
    },
  }
}

/** The one of this topic that is asked, or granted. */
export function standing(consents: Iterable<Consent>, what: ConsentTopic): Consent | undefined {
  return [...consents].find((consent) => consent.what === what && isOpen(consent))
}

/** The one of this topic that is asked and not answered yet. */
export function questionOf(consents: Iterable<Consent>, what: ConsentTopic): Consent | undefined {
  return [...consents].find((consent) => consent.what === what && consent.state.kind === 'asked')
}

function isOpen({ state }: Consent): boolean {
  return state.kind === 'asked' || state.kind === 'granted'
}
