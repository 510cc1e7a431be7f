import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import { assigneeOf } from '../../protocol/ticket.ts'
import { AssigneeCell } from './assignee-cell.tsx'

/** Who has the ticket, or had it when it ended; nothing where nobody does. */
export function AssigneeLine({ entry }: { entry: QueueEntry }) {
  if (assigneeOf(entry.header) === null) return null
  return (
    <p class="ticket-assignee">
      <span class="ticket-label">{m.queue_assignee()}</span> <AssigneeCell entry={entry} />
    </p>
  )
}
