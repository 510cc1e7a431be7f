import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { Dexie, type EntityTable } from 'dexie'
import type { TicketId } from '../protocol/ids.ts'
import type { CaseDocument } from './case-document.ts'

/** The words of the cases that this browser has opened, so that they are found without opening all of them again. */
export type CaseWords = {
  /** A line for each message and each line of the notes. */
  readonly words: ReadonlySignal<ReadonlyMap<TicketId, string>>
  /** Keeps them as the case goes on, until the signal of `openCaseWords`. */
  follow(ticket: TicketId, document: Pick<CaseDocument, 'history' | 'notes' | 'loaded'>): void
  /** The case is not kept here any more. */
  forget(ticket: TicketId): void
}

type Row = { ticket: TicketId; words: string }

/** Whoever types is not followed letter by letter, in ms. */
const SETTLE_MS = 500

export function openCaseWords(until: AbortSignal): CaseWords {
  const database = new Dexie('deskside-case-words') as Dexie & { cases: EntityTable<Row, 'ticket'> }
  database.version(1).stores({ cases: 'ticket' })
  const words = signal<ReadonlyMap<TicketId, string>>(new Map())
  until.addEventListener('abort', () => database.close(), { once: true })
  database.cases.toArray().then(
    (rows) => {
      // What was followed meanwhile is newer.
      words.value = new Map([...rows.map((row) => [row.ticket, row.words] as const), ...words.peek()])
    },
    () => {},
  )

  function keep(ticket: TicketId, text: string) {
    if (until.aborted || (words.peek().get(ticket) ?? '') === text) return
    words.value = new Map(words.peek()).set(ticket, text)
    // A disk that takes nothing only costs the search after the next start.
    database.cases.put({ ticket, words: text }).catch(() => {})
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
          const text = [notes.text.value, ...said].join('\n').trim()
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
