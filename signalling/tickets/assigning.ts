import type { TechnicianId, Time } from '../../protocol/ids.ts'
import type { GroupSettings } from '../../protocol/people.ts'

/** Who gets a customer whom nobody has. Rules without clock, sockets or store. */

/** Somebody of the group who is at the desk and can read what it writes. */
export type Candidate = {
  id: TechnicianId
  /** Tickets whose customers are there at this moment, and all that are open. */
  customers: number
  tickets: number
  /** When a ticket of this group was last given to this one; null: never. */
  givenAt: Time | null
}

/** From whom a ticket came back is passed over for so long: somebody else may be there, or comes. */
export const PASSED_OVER_MS = 3_600_000

/**
 * `round-robin`: whoever has waited longest for a turn. `least-busy`: the fewest customers, then the fewest tickets, then the turn.
 * @param passedOver those from whom the ticket came back
 * @returns undefined: nobody, it stays with all
 */
export function chooseAssignee(
  assignment: GroupSettings['assignment'],
  present: readonly Candidate[],
  passedOver: ReadonlySet<TechnicianId>,
): TechnicianId | undefined {
  if (assignment === 'off') return undefined
  const order = assignment === 'round-robin' ? byTurn : byLoad
  const [first] = present.filter(({ id }) => !passedOver.has(id)).sort(order)
  return first?.id
}

function byLoad(one: Candidate, other: Candidate): number {
  return one.customers - other.customers || one.tickets - other.tickets || byTurn(one, other)
}

function byTurn(one: Candidate, other: Candidate): number {
  const turn = (one.givenAt ?? 0) - (other.givenAt ?? 0)
  if (turn !== 0) return turn
  return one.id < other.id ? -1 : 1
}
