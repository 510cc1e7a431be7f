import { useState } from 'preact/hooks'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import type { TechnicianId } from '../../protocol/ids.ts'
import { assigneeOf } from '../../protocol/ticket.ts'
import { useWorkplace } from '../desk/context.ts'
import { Field } from '../ui/field.tsx'
import { AssigneeField } from './assignee-field.tsx'
import { DeedDialog, whomOf } from './deed-dialog.tsx'

export type DeedProps = { entries: readonly QueueEntry[]; onDone: () => void; onClose: () => void }

/** Hands tickets over: to whom, and what they should know. */
export function AssignDialog({ entries, onDone, onClose }: DeedProps) {
  const { desk } = useWorkplace()
  const [first] = entries
  const [assignee, setAssignee] = useState<TechnicianId | null>(first ? assigneeOf(first.header) : null)
  const [note, setNote] = useState('')
  const live = entries.some(({ header }) => desk.sessions.of(header.id)?.state.value.kind === 'live')
  const groups = [...new Set(entries.map(({ header }) => header.group))]
  return (
    <DeedDialog
      title={m.queue_assign_title({ who: whomOf(entries) })}
      name={m.queue_assign()}
      entries={entries}
      ask={({ header }, signal) => desk.tickets.assign(header.id, assignee, note.trim(), signal)}
      onDone={onDone}
      onClose={onClose}
    >
      {live && <p>{m.consent_hand_over_live()}</p>}
      <AssigneeField groups={groups} value={assignee} onValue={setAssignee} hint={m.queue_assign_hint()} />
      <Field
        label={m.queue_hand_over()}
        hint={m.queue_hand_over_hint()}
        value={note}
        onValue={setNote}
        type="multiline"
        maxLength={2000}
      />
    </DeedDialog>
  )
}
