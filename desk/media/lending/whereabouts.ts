import { type ReadonlySignal, signal } from '@preact/signals'
import * as v from 'valibot'
import { randomId } from '../../../peer/random-id.ts'
import type { GroupId, TechnicianId, TicketId } from '../../../protocol/ids.ts'
import { MAX_MEDIA_SOUGHT } from '../../../protocol/limits.ts'
import { type DeskId, LineId, type MediaId } from '../../../protocol/media.ts'
import type { ListedMedia } from '../../case/case-media.ts'
import type { Wire } from '../../server/wire.ts'
import { ANSWER_MS, type Heard, type MediaTalk } from './media-talk.ts'

/**
 * Where an image is that is not in this browser. `away`: no desk of who made it is open. `missing`: one is, and does not have it.
 * `stored`: it rests with the server, sealed; what is open is asked first.
 */
export type Whereabouts =
  | { kind: 'asking' }
  | { kind: 'away' }
  | { kind: 'missing' }
  | { kind: 'stored' }
  | { kind: 'open'; desk: DeskId; type: string }

/** It can be fetched from there now. */
export type There = Extract<Whereabouts, { kind: 'open' | 'stored' }>

export function isThere(place: Whereabouts | undefined): place is There {
  return place?.kind === 'open' || place?.kind === 'stored'
}

export type Sought = { ticket: TicketId; group: GroupId }

export type Search = {
  /** What is known of the images that are looked for. */
  readonly places: ReadonlySignal<ReadonlyMap<MediaId, Whereabouts>>
  /** Asks for them now, and again and again until the signal, so that it is seen when a desk opens. @returns asks at once */
  watch(of: Sought, wanted: () => readonly Pick<ListedMedia, 'id' | 'by'>[], until: AbortSignal): () => void
  /** What was known of it is not so any more: it is asked about again, as long as somebody looks for it. */
  doubt(id: MediaId): void
}

type Parts = {
  talk: Pick<MediaTalk, 'ask' | 'onAnswered'>
  wire: Pick<Wire, 'connection' | 'onMessage'>
  /** Which of a ticket's images rest with the server. Never rejects. */
  storedOf(ticket: TicketId): Promise<ReadonlySet<MediaId>>
  signal: AbortSignal
}

const AGAIN_MS = 10_000

type Question = { of: Sought; by: TechnicianId; asked: readonly MediaId[]; found: Set<MediaId>; answered: boolean }

/** Asks the desks of those who made a ticket's images which of them are there. */
export function openSearch({ talk, wire, storedOf, signal: until }: Parts): Search {
  const places = signal<ReadonlyMap<MediaId, Whereabouts>>(new Map())
  const questions = new Map<LineId, Question>()
  const rounds = new Set<() => void>()

  function put(changed: Iterable<[MediaId, Whereabouts]>) {
    places.value = new Map([...places.peek(), ...changed])
  }

  talk.onAnswered(({ line, word, from, desk, ticket }: Heard) => {
    const question = questions.get(line)
    // Nobody else's answer counts: what an image is to show is for who made it to say.
    if (word.type !== 'have' || question?.by !== from || question.of.ticket !== ticket) return
    question.answered = true
    const here = word.items.filter(({ id }) => question.asked.includes(id))
    for (const { id } of here) question.found.add(id)
    put(here.map(({ id, type }) => [id, { kind: 'open', desk, type }]))
  }, until)

  function ask(of: Sought, by: TechnicianId, asked: readonly MediaId[], stored: ReturnType<Parts['storedOf']>) {
    const line = v.parse(LineId, randomId())
    const question: Question = { of, by, asked, found: new Set(), answered: false }
    questions.set(line, question)
    const unknown = asked.filter((id) => !places.peek().has(id))
    if (unknown.length > 0) put(unknown.map((id) => [id, { kind: 'asking' }]))
    talk.ask(of, by, line, { type: 'seek', items: [...asked] })
    void stored.then((there) => {
      const waits = asked.filter((id) => there.has(id) && places.peek().get(id)?.kind !== 'open')
      if (waits.length > 0 && !until.aborted) put(waits.map((id) => [id, { kind: 'stored' }]))
    })
    setTimeout(async () => {
      const there = await stored
      questions.delete(line)
      const lost = asked.filter((id) => !question.found.has(id))
      const kind = question.answered ? 'missing' : 'away'
      if (lost.length === 0 || until.aborted) return
      put(lost.map((id) => [id, { kind: there.has(id) ? 'stored' : kind }]))
    }, ANSWER_MS)
  }

  const stop = wire.connection.subscribe(({ kind }) => {
    if (kind === 'open') for (const round of rounds) round()
  })
  wire.onMessage((message) => {
    // Somebody came, or went.
    if (message.type === 'people') for (const round of rounds) round()
  }, until)
  const timer = setInterval(() => {
    for (const round of rounds) round()
  }, AGAIN_MS)
  until.addEventListener('abort', () => {
    stop()
    clearInterval(timer)
  })

  return {
    places,
    watch(of, wanted, life) {
      const round = () => {
        const sought = wanted()
        if (sought.length === 0) return
        const stored = storedOf(of.ticket)
        for (const [by, listed] of Map.groupBy(sought, (one) => one.by)) {
          const ids = listed.map(({ id }) => id)
          for (let at = 0; at < ids.length; at += MAX_MEDIA_SOUGHT) {
            ask(of, by, ids.slice(at, at + MAX_MEDIA_SOUGHT), stored)
          }
        }
      }
      rounds.add(round)
      life.addEventListener('abort', () => rounds.delete(round), { once: true })
      round()
      return round
    },
    doubt(id) {
      places.value = new Map([...places.peek()].filter(([other]) => other !== id))
      for (const round of rounds) round()
    },
  }
}
