import type { TechnicianId, Time } from '../../protocol/ids.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import type { Services } from '../services.ts'
import { findPeople } from '../store/members.ts'
import { findTicket, listAssigned, listSeconded, replaceTicket } from '../store/tickets.ts'
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
  const lost = (id: TechnicianId | null, ticket: TicketHeader) =>
    id !== null && technicians.includes(id) && !canSee(people.get(id), ticket)

  /** The next thing that has to be taken back of this ticket. */
  function next(ticket: TicketHeader): Changed | undefined {
    const gone = ticket.seconds.find((id) => lost(id, ticket))
    if (gone) return leaveAsSecond(ticket, gone, { now, by })
    return ticket.state.kind === 'open' && lost(ticket.state.assignee, ticket)
      ? giveBack(ticket, { now, by })
      : undefined
  }

  const held = [...(await listSeconded(store, technicians)), ...(await listAssigned(store, technicians))]
  for (const id of new Set(held.map((ticket) => ticket.id))) {
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const before = await findTicket(store, id)
      const changed = before && next(before)
      if (!changed) break
      // Overtaken: somebody changed it meanwhile, and it is looked at again.
      if ((await replaceTicket(store, changed)).kind === 'done') followChange(live, before, changed.header, now)
    }
  }
}

/** Everybody whom a ticket may have, and some who change it at the same moment. */
const MOST_STEPS = 50

function canSee(person: Person | undefined, ticket: TicketHeader): boolean {
  return person !== undefined && maySee(person, ticket)
}
