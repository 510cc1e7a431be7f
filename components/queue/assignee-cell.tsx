import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import { assigneeOf } from '../../protocol/ticket.ts'
import { useWorkplace } from '../desk/context.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { useClaim, useMayClaim } from './claim.ts'
import { customerName } from './customer-name.ts'
import { useNames } from './names.ts'

/** Who has a ticket; where nobody has it, the button to take it. */
export function AssigneeCell({ entry, tabIndex }: { entry: QueueEntry; tabIndex?: 0 | -1 }) {
  const { me } = useWorkplace().desk
  const names = useNames()
  const claim = useClaim()
  const mayClaim = useMayClaim()
  const assignee = assigneeOf(entry.header)
  if (assignee === null) {
    if (!mayClaim(entry)) return <span class="queue-nobody">{m.queue_nobody()}</span>
    return (
      <Button
        class="queue-claim"
        tabIndex={tabIndex}
        aria-label={m.queue_claim_of({ name: customerName(entry.details) })}
        onClick={(event) => {
          event.stopPropagation()
          void claim(entry)
        }}
      >
        {m.queue_claim()}
      </Button>
    )
  }
  const name = assignee === me.id ? me.name : names.technician(assignee)
  return (
    <span class="queue-assignee">
      <Avatar name={name} />
      <span>{assignee === me.id ? m.queue_you() : name}</span>
      {entry.asked && <span class="unseen">{m.queue_asked()}</span>}
    </span>
  )
}
