import './case-notes.css'
import { useState } from 'preact/hooks'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { mayOpenCase } from '../../desk/queue/rights.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { Ago } from '../ui/ago.tsx'
import { Button } from '../ui/button.tsx'
import { useNames } from './names.ts'
import { NoteField } from './note-field.tsx'
import { NoteText } from './note-text.tsx'

/** The notes of a ticket, for technicians only. */
export function CaseNotes({ entry }: { entry: QueueEntry }) {
  const { people } = useWorkplace().desk
  if (!mayOpenCase(entry.header, people.looker.value)) return <p class="note-closed">{m.notes_assign_first()}</p>
  return <OpenNotes key={entry.header.id} entry={entry} />
}

function OpenNotes({ entry: { header } }: { entry: QueueEntry }) {
  const { sessions } = useWorkplace().desk
  const { notes } = sessions.history(header.id, header.group)
  const names = useNames()
  const [writing, write] = useState(false)
  const text = notes.text.value
  const edited = notes.edited.value
  return (
    <section class="notes" aria-label={m.notes_label()}>
      <p class="field-hint">
        {m.notes_private()}
        {edited && (
          <>
            {' '}
            {m.notes_last({ name: names.technician(edited.by) })} <Ago at={edited.at} />
          </>
        )}
      </p>
      {writing ? (
        <NoteField notes={notes} onDone={() => write(false)} />
      ) : (
        <>
          <Button onClick={() => write(true)}>{text ? m.notes_edit() : m.notes_write()}</Button>
          {text ? (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
            <div class="note-text" role="document" aria-label={m.notes_label()} tabIndex={0}>
              <NoteText text={text} />
            </div>
          ) : (
            <p class="note-closed">{m.notes_none()}</p>
          )}
        </>
      )}
    </section>
  )
}
