import type { GroupId } from '../../protocol/ids.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import { mayOpenCase, maySee, type Person } from '../tickets/rights.ts'

/** What decides who may open a room, as the database has it now. */
export type RoomOwner = { kind: 'group'; group: GroupId } | { kind: 'ticket'; ticket: TicketHeader }

/** The members of the group and the admins; of a ticket who may open its case. */
export function mayOpenRoom(person: Person, owner: RoomOwner): boolean {
  return owner.kind === 'group' ? maySee(person, owner) : mayOpenCase(person, owner.ticket)
}
