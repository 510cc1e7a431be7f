import { type ReadonlySignal, signal } from '@preact/signals'
import * as v from 'valibot'
import type * as Y from 'yjs'
import { randomId } from '../peer/random-id.ts'
import type { TechnicianId } from '../protocol/ids.ts'
import { CaseEntry, type CaseEvent, type CaseMessage } from './case-entry.ts'
import type { Room } from './rooms/room.ts'

/** The history of one ticket, kept after the session's end, and shared with whoever may open the case. */
export type CaseDocument = {
  readonly history: ReadonlySignal<readonly CaseEntry[]>
  readonly loaded: Promise<void>
  /** This technician's words, not delivered yet. */
  write(text: string): CaseMessage
  /** The customer's words. @returns false where they are known: after a cut a message may come twice. */
  receive(message: { id: string; text: string; at: number }): boolean
  delivered(id: string): void
  note(what: CaseEvent['what']): void
}

export function caseDocument({ document, loaded }: Pick<Room, 'document' | 'loaded'>, me: TechnicianId): CaseDocument {
  return { ...caseHistory(document, me), loaded }
}

/** The history of a case as a document holds it. @param me who writes here */
export function caseHistory(document: Y.Doc, me: TechnicianId): Omit<CaseDocument, 'loaded'> {
  const lines = document.getArray<unknown>('history')
  const history = signal(readHistory(lines))
  lines.observe(() => {
    history.value = readHistory(lines)
  })

  return {
    history,
    write(text) {
      const message: CaseMessage = {
        kind: 'message',
        id: randomId(),
        from: 'technician',
        by: me,
        text,
        at: Date.now(),
        delivered: false,
      }
      lines.push([message])
      return message
    },
    receive({ id, text, at }) {
      if (history.value.some((line) => line.id === id)) return false
      lines.push([{ kind: 'message', id, from: 'customer', text, at, delivered: true } satisfies CaseMessage])
      return true
    },
    delivered(id) {
      const index = lines.toArray().findIndex((line) => readLine(line)?.id === id)
      const line = index < 0 ? undefined : readLine(lines.get(index))
      if (line?.kind !== 'message' || line.delivered) return
      const message = { ...line, delivered: true }
      document.transact(() => {
        lines.delete(index)
        lines.insert(index, [message])
      })
    },
    note: (what) => lines.push([{ kind: 'event', id: randomId(), what, at: Date.now() } satisfies CaseEvent]),
  }
}

/** Valid lines in order; of two with one id (marked delivered in two windows) the first. */
function readHistory(lines: Y.Array<unknown>): readonly CaseEntry[] {
  const read = new Map<string, CaseEntry>()
  for (const line of lines) {
    const entry = readLine(line)
    if (entry && !read.has(entry.id)) read.set(entry.id, entry)
  }
  return [...read.values()]
}

/** A document never changes a line in place, so each is decoded once, however long the history grows. */
const decoded = new WeakMap<object, CaseEntry>()

function readLine(line: unknown): CaseEntry | undefined {
  if (typeof line !== 'object' || line === null) return undefined
  const known = decoded.get(line)
  if (known) return known
  const entry = v.safeParse(CaseEntry, line)
  if (entry.success) decoded.set(line, entry.output)
  return entry.success ? entry.output : undefined
}
