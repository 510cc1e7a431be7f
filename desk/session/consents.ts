import { type ReadonlySignal, signal } from '@preact/signals'
import * as v from 'valibot'
import { believable, isNo, isOpen, pauseAfterNo } from '../../peer/consent-rules.ts'
import type { TechnicianTalk } from '../../peer/live-link.ts'
import { randomId } from '../../peer/random-id.ts'
import { type Consent, ConsentId, type ConsentTopic } from '../../protocol/consent.ts'
import type { Time } from '../../protocol/ids.ts'
import { MAX_CONSENTS } from '../../protocol/limits.ts'
import type { CaseConsents } from '../case/case-consents.ts'

/** What this ticket's customer is asked and allows, from the technician's side. Only what the customer's page says counts. */
export type TicketConsents = {
  /** As the page of the session that is live tells it, by id; kept while a cut link is made again. */
  readonly now: ReadonlySignal<ReadonlyMap<ConsentId, Consent>>
  /** When the customer may be asked for this again, by this clock: not at once after a no. */
  readonly again: ReadonlySignal<ReadonlyMap<ConsentTopic, Time>>
  /**
   * @returns false where nothing was asked: no link, the same is asked or granted already (of screens there may be several), or a no was
   * said so short a time ago that the page would not ask.
   */
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
  const again = signal<ReadonlyMap<ConsentTopic, Time>>(new Map())
  /** What was ended from here: said again where the page does not know it, as after a cut. */
  const endedHere = new Set<ConsentId>()
  let link: TechnicianTalk | undefined

  /** The page counts by its own clock: what has just been said was said now. */
  function pause({ what, state }: Consent, justSaid: boolean) {
    const after = pauseAfterNo([...now.peek().values()], what)
    if (!after || !isNo(state)) return
    const since = justSaid ? Date.now() : Math.min(after.since, Date.now())
    again.value = new Map(again.peek()).set(what, since + after.ms)
  }

  function hear(consent: Consent) {
    const told = now.peek().get(consent.id)
    if (!told && now.peek().size >= MAX_CONSENTS) return
    const { list, put } = kept()
    const known = told ?? list.peek().find(({ id }) => id === consent.id)
    if (!believable(known, consent, asked.get(consent.id))) return
    now.value = new Map(now.peek()).set(consent.id, consent)
    pause(consent, told?.state.kind === 'asked')
    put(consent)
    if (isOpen(consent) && endedHere.has(consent.id)) link?.send({ type: 'consent-end', id: consent.id })
  }

  return {
    now,
    again,
    ask(what, detail) {
      const consents = now.peek().values()
      const same = what === 'screen' ? questionOf(consents, what) : standing(consents, what)
      if (!link || same || (again.peek().get(what) ?? 0) > Date.now()) return false
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
