import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import { AssigneeCell } from './assignee-cell.tsx'

/** Who has the ticket, or had it when it was resolved; nothing where nobody does. */
export function AssigneeLine({ entry }: { entry: QueueEntry }) {
  const { state } = entry.header
  if (state.kind === 'expired' || !state.assignee) return null
  return (
    <p class="ticket-assignee">
      <span class="ticket-label">{m.queue_assignee()}</span> <AssigneeCell entry={entry} />
    </p>
  )
}
