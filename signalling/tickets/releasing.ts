import type { TechnicianId, Time } from '../../protocol/ids.ts'
import { assigneeOf, type TicketHeader } from '../../protocol/ticket.ts'
import type { Services } from '../services.ts'
import { findPeople } from '../store/members.ts'
import { listAssigned, listSeconded, replaceTicket } from '../store/tickets.ts'
import { type Changed, giveBack, leaveAsSecond } from './change.ts'
import { followChange } from './changed.ts'
import { maySee, type Person } from './rights.ts'

type Needs = Pick<Services, 'store' | 'live'>

/**
 * After these technicians were moved, demoted or deactivated: what they may not see any more goes back to the queue, and they are no
 * longer seconds of it.
 * @param by the admin who did it
 */
export async function releaseTickets(
  { store, live }: Needs,
  technicians: readonly TechnicianId[],
  by: TechnicianId,
  now: Time,
): Promise<void> {
  const people = new Map((await findPeople(store.db, technicians)).map((person) => [person.id, person]))
  const lost = (id: TechnicianId, ticket: TicketHeader) => !canSee(people.get(id), ticket)
  for (const ticket of await listSeconded(store, technicians)) {
    let latest = ticket
    for (const gone of ticket.seconds.filter((id) => technicians.includes(id) && lost(id, ticket))) {
      latest = await carryOut(latest, leaveAsSecond(latest, gone, { now, by }))
    }
  }
  for (const ticket of await listAssigned(store, technicians)) {
    const assignee = assigneeOf(ticket)
    if (assignee && lost(assignee, ticket)) await carryOut(ticket, giveBack(ticket, { now, by }))
  }

  async function carryOut(before: TicketHeader, changed: Changed): Promise<TicketHeader> {
    const { kind } = await replaceTicket(store, changed)
    if (kind !== 'done') return before
    followChange(live, before, changed.header, now)
    return changed.header
  }
}

function canSee(person: Person | undefined, ticket: TicketHeader): boolean {
  return person !== undefined && maySee(person, ticket)
}
