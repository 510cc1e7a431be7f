import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { Dexie, type EntityTable } from 'dexie'
import type { TicketId } from '../protocol/ids.ts'
import type { CaseDocument } from './case-document.ts'

/** What a case says: a line for each line of the notes, and for each line of a message. */
export type CaseText = { notes: string; chat: string }

/** The words of the cases that this browser has opened, so that they are found without opening all of them again. */
export type CaseWords = {
  readonly words: ReadonlySignal<ReadonlyMap<TicketId, CaseText>>
  /** Keeps them as the case goes on, until the signal of `openCaseWords`. */
  follow(ticket: TicketId, document: Pick<CaseDocument, 'history' | 'notes' | 'loaded'>): void
  /** The case is not kept here any more. */
  forget(ticket: TicketId): void
}

type Row = { ticket: TicketId } & CaseText

/** Whoever types is not followed letter by letter, in ms. */
const SETTLE_MS = 500

export function openCaseWords(until: AbortSignal): CaseWords {
  const database = new Dexie('deskside-case-words') as Dexie & { cases: EntityTable<Row, 'ticket'> }
  database.version(1).stores({ cases: 'ticket' })
  // Notes and chat were one text: they are read anew when the case is opened.
  database
    .version(2)
    .stores({ cases: 'ticket' })
    .upgrade((change) => change.table('cases').clear())
  const words = signal<ReadonlyMap<TicketId, CaseText>>(new Map())
  until.addEventListener('abort', () => database.close(), { once: true })
  database.cases.toArray().then(
    (rows) => {
      // What was followed meanwhile is newer.
      words.value = new Map([
        ...rows.map(({ ticket, notes, chat }) => [ticket, { notes, chat }] as const),
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
    forget(ticket) {
      const left = new Map(words.peek())
      if (left.delete(ticket)) words.value = left
      database.cases.delete(ticket).catch(() => {})
    },
    follow(ticket, { history, notes, loaded }) {
      let timer: ReturnType<typeof setTimeout> | undefined
      void loaded.then(() => {
        if (until.aborted) return
        const stop = effect(() => {
          const said = history.value.flatMap((line) => (line.kind === 'message' ? [line.text] : []))
          const text = { notes: notes.text.value.trim(), chat: said.join('\n') }
          clearTimeout(timer)
          timer = setTimeout(() => keep(ticket, text), SETTLE_MS)
        })
        until.addEventListener('abort', () => {
          clearTimeout(timer)
          stop()
        })
      })
    },
  }
}
