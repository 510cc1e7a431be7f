import { type ReadonlySignal, signal } from '@preact/signals'
import * as v from 'valibot'
import * as Y from 'yjs'
import { TechnicianId, Time } from '../../protocol/ids.ts'
import type { TextChange, TextDelta } from './text-change.ts'

/** The notes of a case, in characters: far more than anybody writes, far less than its mailbox holds. */
export const MAX_NOTES = 100_000

/** While one goes on writing, that one was the last is noted so often, in ms. */
const NOTE_AGAIN_MS = 60_000

const Edited = v.object({ by: TechnicianId, at: Time })
export type Edited = v.InferOutput<typeof Edited>

/** What the technicians of a ticket write for each other. It never goes to the customer. */
export type CaseNotes = {
  readonly text: ReadonlySignal<string>
  /** Who wrote last, and when. */
  readonly edited: ReadonlySignal<Edited | undefined>
  /** @returns false where they would be longer than `MAX_NOTES`; nothing is changed then. */
  change(change: TextChange): boolean
  /** What others did, and what was undone. @returns how to end it */
  onDelta(hear: (delta: TextDelta) => void): () => void
  /** One's own latest change, whatever others wrote since. */
  undo(): void
  redo(): void
}

export function caseNotes(document: Y.Doc, me: TechnicianId): CaseNotes {
  const notes = document.getText('notes')
  const about = document.getMap<unknown>('notes-edited')
  const own = {}
  const undoing = new Y.UndoManager(notes, { trackedOrigins: new Set([own]) })
  const text = signal(notes.toString())
  const edited = signal(readEdited(about))
  notes.observe(() => {
    text.value = notes.toString()
  })
  about.observe(() => {
    edited.value = readEdited(about)
  })

  function sign() {
    const last = edited.peek()
    const now = Date.now()
    if (last?.by !== me || now - last.at > NOTE_AGAIN_MS) about.set('last', { by: me, at: now })
  }

  return {
    text,
    edited,
    change({ at, removed, inserted }) {
      if (inserted.length > removed && notes.length - removed + inserted.length > MAX_NOTES) return false
      document.transact(() => {
        if (removed > 0) notes.delete(at, removed)
        if (inserted) notes.insert(at, inserted)
        sign()
      }, own)
      return true
    },
    onDelta(hear) {
      const told = (event: Y.YTextEvent, { origin }: Y.Transaction) => {
        if (origin !== own) hear(event.delta)
      }
      notes.observe(told)
      return () => notes.unobserve(told)
    },
    undo: () => void undoing.undo(),
    redo: () => void undoing.redo(),
  }
}

function readEdited(about: Y.Map<unknown>): Edited | undefined {
  const read = v.safeParse(Edited, about.get('last'))
  return read.success ? read.output : undefined
}
