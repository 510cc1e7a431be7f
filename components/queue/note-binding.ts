import type { CaseNotes } from '../../desk/case/case-notes.ts'
import { changeBetween, mapIndex, type TextDelta } from '../../desk/case/text-change.ts'

export type NoteBinding = {
  /** Tells the notes what was put into the field. */
  take(): void
  end(): void
}

/**
 * Keeps a field and the notes the same: what is typed goes into the document, what colleagues write appears in the field, and the
 * cursor stays at its word. While an input method composes, the field is left alone.
 * @param onTaken whether the last input was taken, or refused as too long
 */
export function bindNotes(area: HTMLTextAreaElement, notes: CaseNotes, onTaken: (taken: boolean) => void): NoteBinding {
  let shown = notes.text.peek()
  let composing = false
  /** What others did since `shown`, in order. */
  let waiting: TextDelta[] = []
  const life = new AbortController()
  const now = (index: number) => waiting.reduce((at, delta) => mapIndex(delta, at), index)
  area.value = shown

  function show(text: string, start: number, end: number) {
    shown = text
    area.value = text
    area.setSelectionRange(start, end)
  }

  function catchUp() {
    if (waiting.length === 0) return
    const [start, end] = [now(area.selectionStart), now(area.selectionEnd)]
    waiting = []
    show(notes.text.peek(), start, end)
  }

  function take() {
    const change = changeBetween(shown, area.value, area.selectionEnd)
    if (!change) return
    const at = now(change.at)
    const removed = Math.max(0, now(change.at + change.removed) - at)
    const taken = notes.change({ at, removed, inserted: change.inserted })
    onTaken(taken)
    if (taken) shown = area.value
    else show(shown, change.at + change.removed, change.at + change.removed)
  }

  const stop = notes.onDelta((delta) => {
    waiting.push(delta)
    if (!composing) catchUp()
  })
  const { signal } = life
  area.addEventListener('input', take, { signal })
  area.addEventListener('compositionstart', () => (composing = true), { signal })
  area.addEventListener(
    'compositionend',
    () => {
      composing = false
      take()
      catchUp()
    },
    { signal },
  )
  return {
    take,
    end() {
      stop()
      life.abort()
    },
  }
}
