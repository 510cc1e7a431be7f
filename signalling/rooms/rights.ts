import type { GroupId } from '../../protocol/ids.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import { mayOpenCase, maySee, type Person } from '../tickets/rights.ts'

/** What decides who may open a room, as the database has it now. */
export type RoomOwner = { kind: 'group'; group: GroupId } | { kind: 'ticket'; ticket: TicketHeader }

/**
 * The members of the group and the admins; of a ticket that did not expire the assignee, the seconds and the admins. What was said and
 * allowed where a customer did not ask for help stays open to who has to look into it: the admins.
 */
export function mayOpenRoom(person: Person, owner: RoomOwner): boolean {
  if (owner.kind === 'group') return maySee(person, owner)
  const { state } = owner.ticket
  if (state.kind === 'expired') return state.why === 'not-asked' && person.admin
  return mayOpenCase(person, owner.ticket)
}
