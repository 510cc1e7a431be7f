import type { TechnicianId, TicketId } from '../../protocol/ids.ts'
import { assigneeOf } from '../../protocol/ticket.ts'
import type { QueueEntry } from './entry.ts'

type Seen = Pick<QueueEntry, 'header'>

/** The open tickets to which somebody is invited. */
export function invitedTo(entries: readonly Seen[], who: TechnicianId): ReadonlySet<TicketId> {
  const open = entries.filter(({ header }) => header.state.kind === 'open' && header.seconds.includes(who))
  return new Set(open.map(({ header }) => header.id))
}

/**
 * What has changed for somebody who is or was invited. A ticket that has ended, was taken by oneself, or is seen no more ends an
 * invitation too, and tells of that itself.
 */
export function invitedNews<Entry extends Seen>(
  before: ReadonlySet<TicketId>,
  entries: readonly Entry[],
  who: TechnicianId,
): { invited: Entry[]; removed: Entry[] } {
  const now = invitedTo(entries, who)
  return {
    invited: entries.filter(({ header }) => now.has(header.id) && !before.has(header.id)),
    removed: entries.filter(
      ({ header }) =>
        before.has(header.id) && !now.has(header.id) && header.state.kind === 'open' && assigneeOf(header) !== who,
    ),
  }
}
