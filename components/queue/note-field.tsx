import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { type CaseNotes, MAX_NOTES } from '../../desk/case/case-notes.ts'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { formatLocale } from '../ui/locale.ts'
import { bindNotes, type NoteBinding } from './note-binding.ts'
import { continueList, toggleList } from './note-lists.ts'

/** Where the notes are written, by several people at once. Opened because somebody wants to write: it has the focus. */
export function NoteField({ notes, onDone }: { notes: CaseNotes; onDone: () => void }) {
  const field = useRef<HTMLTextAreaElement>(null)
  const binding = useRef<NoteBinding>()
  const [taken, setTaken] = useState(true)

  useLayoutEffect(() => {
    const area = field.current
    if (!area) return undefined
    const bound = bindNotes(area, notes, setTaken)
    binding.current = bound
    area.focus()
    area.setSelectionRange(area.value.length, area.value.length)
    return bound.end
  }, [notes])

  function makeList(ordered: boolean) {
    const area = field.current
    if (!area) return
    toggleList(area, ordered)
    area.focus()
    binding.current?.take()
  }

  function pressed(event: KeyboardEvent & { currentTarget: HTMLTextAreaElement }) {
    if (event.isComposing) return
    const command = (event.ctrlKey || event.metaKey) && !event.altKey
    const key = event.key.toLowerCase()
    if (command && (key === 'z' || key === 'y')) {
      // One's own changes only, and not what a colleague wrote meanwhile, which the browser's undo would take back.
      event.preventDefault()
      if (key === 'y' || event.shiftKey) notes.redo()
      else notes.undo()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      onDone()
    } else if (event.key === 'Enter' && !event.shiftKey && !command && continueList(event.currentTarget)) {
      event.preventDefault()
      binding.current?.take()
    }
  }

  return (
    <>
      <div class="note-tools" role="toolbar" aria-label={m.notes_tools()}>
        <Button kind="quiet" onClick={() => makeList(false)}>
          {m.notes_bullets()}
        </Button>
        <Button kind="quiet" onClick={() => makeList(true)}>
          {m.notes_numbers()}
        </Button>
        <Button kind="quiet" onClick={notes.undo}>
          {m.notes_undo()}
        </Button>
        <Button kind="quiet" onClick={notes.redo}>
          {m.notes_redo()}
        </Button>
        <Button class="note-done" onClick={onDone}>
          {m.notes_done()}
        </Button>
      </div>
      <textarea
        ref={field}
        class="note-field"
        aria-label={m.notes_label()}
        placeholder={m.notes_placeholder()}
        onKeyDown={pressed}
      />
      {!taken && (
        <p class="field-error" role="alert">
          {m.notes_too_long({ count: MAX_NOTES.toLocaleString(formatLocale()) })}
        </p>
      )}
    </>
  )
}
