import type { GroupId, TechnicianId } from '../../protocol/ids.ts'
import { assigneeOf, isForAdmins, type TicketHeader } from '../../protocol/ticket.ts'

/** Who looks: what the server decides by, too. Here it only decides what is offered. */
export type Looker = { id: TechnicianId; admin: boolean; groups: readonly GroupId[] }

/** Assign it to a member of its group. */
export function mayAssign(header: TicketHeader, who: Looker): boolean {
  return header.state.kind === 'open' && (who.admin || who.groups.includes(header.group))
}

/** Edit, move, resolve, withdraw: who has it, and anybody of the group while nobody has it. */
export function mayHandle(header: TicketHeader, who: Looker): boolean {
  if (header.state.kind !== 'open') return false
  if (who.admin || header.state.assignee === who.id) return true
  return header.state.assignee === null && who.groups.includes(header.group)
}

/** Invite a second technician, and end that. */
export function mayInvite(header: TicketHeader, who: Looker): boolean {
  return header.state.kind === 'open' && (who.admin || header.state.assignee === who.id)
}

export function mayReopen(header: TicketHeader, who: Looker): boolean {
  return header.state.kind === 'resolved' && (who.admin || who.groups.includes(header.group))
}

/** Read its chat and its notes. */
export function mayOpenCase(header: TicketHeader, who: Looker): boolean {
  if (who.admin) return true
  return !isForAdmins(header) && (assigneeOf(header) === who.id || header.seconds.includes(who.id))
}
