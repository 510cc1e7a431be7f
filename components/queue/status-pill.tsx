import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import { Elapsed } from '../ui/elapsed.tsx'
import { Pill } from '../ui/pill.tsx'
import { endedShort } from './ended-words.ts'

/** Where a ticket's customer is, and for how long; or why the ticket ended. */
export function StatusPill({ entry: { header, presence } }: { entry: QueueEntry }) {
  if (header.state.kind === 'expired')
    return <Pill tone={header.state.why === 'not-asked' ? 'stop' : 'offline'}>{endedShort(header.state)}</Pill>
  if (header.state.kind === 'resolved') return <Pill tone="offline">{m.queue_status_resolved()}</Pill>
  if (presence.kind === 'offline') return <Pill tone="offline">{m.queue_status_offline()}</Pill>
  if (presence.kind === 'in-session' && presence.answered) {
    return (
      <Pill tone="live">
        {m.queue_status_live()} <Elapsed since={presence.since} />
      </Pill>
    )
  }
  return (
    <Pill tone="waiting">
      {m.queue_status_waiting()} <Elapsed since={presence.since} />
    </Pill>
  )
}
