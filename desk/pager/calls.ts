import type { GroupId, Lookup, TechnicianId, TicketId, Time } from '../../protocol/ids.ts'
import type { Presence, TicketHeader } from '../../protocol/ticket.ts'

/** A customer who waits and is this technician's concern. `since` in ms since 1970. */
export type Call = { ticket: TicketId; lookup: Lookup; group: GroupId; since: Time; whose: 'mine' | 'nobody' }

type Seen = { header: TicketHeader; presence: Presence }

/** Whom the pager works for. An admin sees every group's tickets and is called for those of the own groups only. */
export type OnCall = { id: TechnicianId; groups: ReadonlySet<GroupId> }

/** The calls among the tickets that a technician sees, who waits longest first. */
export function callsOf(tickets: Iterable<Seen>, who: OnCall): Call[] {
  const calls: Call[] = []
  for (const { header, presence } of tickets) {
    if (header.state.kind !== 'open' || !isUnanswered(presence)) continue
    const { id: ticket, lookup, group } = header
    const { assignee } = header.state
    const since = presence.since
    if (assignee === who.id) calls.push({ ticket, lookup, group, since, whose: 'mine' })
    else if (assignee === null && who.groups.has(group)) calls.push({ ticket, lookup, group, since, whose: 'nobody' })
  }
  return calls.sort((one, other) => one.since - other.since)
}

/** Here, and nobody has done anything yet: a desk that is open links by itself, which is no answer. */
function isUnanswered(presence: Presence): presence is Exclude<Presence, { kind: 'offline' }> {
  return presence.kind === 'waiting' || (presence.kind === 'in-session' && !presence.answered)
}
