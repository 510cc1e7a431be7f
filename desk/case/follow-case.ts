import { effect, type ReadonlySignal } from '@preact/signals'
import type { TicketId } from '../../protocol/ids.ts'
import type { CaseDocument } from './case-document.ts'

/** What a case says: a line for each line of the notes, and for each line of a message. */
export type CaseText = { notes: string; chat: string }

/** As much of a `CaseDocument` as is read. */
export type Readable = Pick<CaseDocument, 'history' | 'loaded'> & { notes: { readonly text: ReadonlySignal<string> } }

/** Reads cases as they go on. */
export type Follower = {
  follow(ticket: TicketId, document: Readable): void
  /** What was read and not yet handed on is dropped. */
  stop(ticket: TicketId): void
}

/** Whoever types is not followed letter by letter, in ms. */
const SETTLE_MS = 500

/** Hands on what a case says once nobody has written for a moment; one document a ticket, the last one. */
export function followCases(handOn: (ticket: TicketId, text: CaseText) => void, until: AbortSignal): Follower {
  const lives = new Map<TicketId, AbortController>()

  function stop(ticket: TicketId) {
    lives.get(ticket)?.abort()
    lives.delete(ticket)
  }

  return {
    stop,
    follow(ticket, { history, notes, loaded }) {
      stop(ticket)
      const life = new AbortController()
      lives.set(ticket, life)
      const over = AbortSignal.any([until, life.signal])
      let timer: ReturnType<typeof setTimeout> | undefined
      void loaded.then(() => {
        if (over.aborted) return
        const unwatch = effect(() => {
          const said = history.value.flatMap((line) => (line.kind === 'message' ? [line.text] : []))
          const text = { notes: notes.text.value.trim(), chat: said.join('\n') }
          clearTimeout(timer)
          timer = setTimeout(() => handOn(ticket, text), SETTLE_MS)
        })
        over.addEventListener('abort', () => {
          clearTimeout(timer)
          unwatch()
        })
      })
    },
  }
}
