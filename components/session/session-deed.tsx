import { signal } from '@preact/signals'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { type TicketDeed, TicketDialog } from '../queue/ticket-dialog.tsx'

/** What is being done to the ticket of a session. */
export const sessionDeed = signal<{ deed: TicketDeed; entry: QueueEntry } | undefined>(undefined)

/** Stands outside the session's page: what it does takes the session away, and must be done to its end. */
export function SessionDeed() {
  const now = sessionDeed.value
  if (!now) return null
  const close = () => {
    sessionDeed.value = undefined
  }
  return <TicketDialog deed={now.deed} entries={[now.entry]} onDone={close} onClose={close} />
}
