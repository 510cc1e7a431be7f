import { type ReadonlySignal, signal } from '@preact/signals'
import { Dexie, type EntityTable } from 'dexie'
import type { TicketId } from '../../protocol/ids.ts'
import { type CaseText, type Follower, followCases } from './follow-case.ts'

/** The words of the cases that this browser has opened, so that they are found without opening all of them again. */
export type CaseWords = {
  readonly words: ReadonlySignal<ReadonlyMap<TicketId, CaseText>>
  /** Keeps them as the case goes on, until the signal of `openCaseWords`. */
  readonly follow: Follower['follow']
  /** The case is not kept here any more, nor followed. */
  forget(ticket: TicketId): void
}

type Row = { ticket: TicketId } & CaseText

export function openCaseWords(until: AbortSignal): CaseWords {
  const database = new Dexie('deskside-case-words') as Dexie & { cases: EntityTable<Row, 'ticket'> }
  database.version(1).stores({ cases: 'ticket' })
  // Notes and chat were one text: they are read anew when the case is opened.
  database
    .version(2)
    .stores({ cases: 'ticket' })
    .upgrade((change) => change.table('cases').clear())
  const words = signal<ReadonlyMap<TicketId, CaseText>>(new Map())
  const { follow, stop } = followCases(keep, until)
  /** What the disk still has of these when it is read is not wanted. */
  const forgotten = new Set<TicketId>()
  until.addEventListener('abort', () => database.close(), { once: true })
  database.cases.toArray().then(
    (rows) => {
      const wanted = rows.filter(({ ticket }) => !forgotten.has(ticket))
      // What was followed meanwhile is newer.
      words.value = new Map([
        ...wanted.map(({ ticket, notes, chat }) => [ticket, { notes, chat }] as const),
        ...words.peek(),
      ])
    },
    () => {},
  )

  function keep(ticket: TicketId, text: CaseText) {
    const { notes, chat } = words.peek().get(ticket) ?? { notes: '', chat: '' }
    if (until.aborted || (notes === text.notes && chat === text.chat)) return
    words.value = new Map(words.peek()).set(ticket, text)
    // A disk that takes nothing only costs the search after the next start.
    database.cases.put({ ticket, ...text }).catch(() => {})
  }

  return {
    words,
    follow,
    forget(ticket) {
      // What is still to be kept would bring the words back.
      stop(ticket)
      forgotten.add(ticket)
      const left = new Map(words.peek())
      if (left.delete(ticket)) words.value = left
      database.cases.delete(ticket).catch(() => {})
    },
  }
}
