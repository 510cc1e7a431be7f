import type { TechnicianId } from '../../protocol/ids.ts'
import { assigneeOf, isForAdmins, type TicketHeader } from '../../protocol/ticket.ts'
import type { Technician } from '../auth.ts'

/** Who may do what with a ticket, from what is known of both. */

export type Person = Pick<Technician, 'id' | 'admin' | 'groups'>

/** Members of the ticket's group and admins: they see its header, and are the ones to whom it can be given. */
export function maySee(person: Pick<Person, 'admin' | 'groups'>, { group }: Pick<TicketHeader, 'group'>): boolean {
  return person.admin || person.groups.includes(group)
}

/** The assignee, an admin, or any member while nobody has it. */
export function mayHandle(person: Person, ticket: TicketHeader): boolean {
  if (!maySee(person, ticket)) return false
  const assignee = assigneeOf(ticket)
  return person.admin || assignee === null || assignee === person.id
}

/** Reads and writes the case and the board: who has the ticket or had it when it ended, the invited seconds, and the admins. */
export function mayOpenCase(person: Person, ticket: TicketHeader): boolean {
  return maySee(person, ticket) && (person.admin || (isOn(person.id, ticket) && !isForAdmins(ticket)))
}

function isOn(id: TechnicianId, ticket: TicketHeader): boolean {
  return assigneeOf(ticket) === id || ticket.seconds.includes(id)
}
