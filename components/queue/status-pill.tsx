import type { QueueEntry } from '../../desk/queue.ts'
import { m } from '../../paraglide/messages.js'
import type { TicketState } from '../../protocol/ticket.ts'
import { Elapsed } from '../ui/elapsed.tsx'
import { Pill } from '../ui/pill.tsx'

/** Where a ticket's customer is, and for how long; or why the ticket ended. */
export function StatusPill({ entry: { header, presence } }: { entry: QueueEntry }) {
  if (header.state.kind === 'expired') return <Pill tone="offline">{endedShort(header.state)}</Pill>
  switch (presence.kind) {
    case 'waiting':
      return (
        <Pill tone="waiting">
          {m.queue_status_waiting()} <Elapsed since={presence.since} />
        </Pill>
      )
    case 'in-session':
      return (
        <Pill tone="live">
          {m.queue_status_live()} <Elapsed since={presence.since} />
        </Pill>
      )
    case 'offline':
      return <Pill tone="offline">{m.queue_status_offline()}</Pill>
  }
}

function endedShort({ why }: Extract<TicketState, { kind: 'expired' }>): string {
  switch (why) {
    case 'withdrawn':
      return m.queue_ended_withdrawn()
    case 'guessed':
      return m.queue_ended_guessed()
    case 'time':
      return m.queue_ended_time()
  }
}
