import type { GroupId, TechnicianId, TicketId, Time } from '../../protocol/ids.ts'
import type { GroupSettings } from '../../protocol/people.ts'
import { assigneeOf, type TicketHeader } from '../../protocol/ticket.ts'
import type { TicketCause } from '../../protocol/ticket-cause.ts'
import type { Services } from '../services.ts'
import { findGroups } from '../store/groups.ts'
import { findReaders } from '../store/keyrings.ts'
import { listPassedOver } from '../store/silence.ts'
import { findTicket, replaceTicket } from '../store/tickets.ts'
import { listTurns, noteTurn } from '../store/turns.ts'
import { type Candidate, chooseAssignee, PASSED_OVER_MS } from './assigning.ts'
import { assignAutomatically } from './change.ts'
import { followChange } from './changed.ts'
import type { Live } from './live.ts'
import { isOpen } from './ticket.ts'

type Needs = Pick<Services, 'store' | 'live'>

/** What the ticket became, and why; those whom it concerns are not told yet. */
export type Given = { header: TicketHeader; cause: TicketCause }

/**
 * Gives a ticket that nobody has to one of its group who is at the desk, if the group wants that. Of all who take it at the same
 * time one has it, a person who presses "Assign to me" as well.
 * @returns undefined: it stays as it is
 */
export async function give({ store, live }: Needs, ticket: TicketHeader, now: Time): Promise<Given | undefined> {
  if (ticket.state.kind !== 'open' || assigneeOf(ticket) !== null) return undefined
  const [group] = await findGroups(store.db, [ticket.group])
  if (!group || group.assignment === 'off') return undefined
  return await inTurn(live, async () => {
    const whom = await choose({ store, live }, ticket, group.assignment, now)
    if (whom === undefined) return undefined
    const changed = assignAutomatically(ticket, whom, now)
    if ((await replaceTicket(store, changed)).kind !== 'done') return undefined
    await noteTurn(store, ticket.group, whom, now)
    return { header: changed.header, cause: { kind: 'automatic', whom } }
  })
}

/** The same, and tells those whom it concerns. */
export async function giveAndTell(needs: Needs, ticket: TicketHeader, now: Time): Promise<void> {
  const given = await give(needs, ticket, now)
  if (given) followChange(needs.live, ticket, given.header, now, given.cause)
}

/**
 * The ticket of a customer who comes, given to somebody before anyone hears of that: nobody is called for what is somebody's already.
 */
export async function findForArrival(needs: Needs, id: TicketId, now: Time): Promise<TicketHeader | undefined> {
  const found = await findTicket(needs.store, id)
  if (!found || !isOpen(found, now) || assigneeOf(found) !== null) return found
  await giveAndTell(needs, found, now)
  // Somebody may have been faster: what is live must not be older than what is stored.
  return await findTicket(needs.store, id)
}

async function choose(
  { store, live }: Needs,
  { id, group }: TicketHeader,
  assignment: GroupSettings['assignment'],
  now: Time,
): Promise<TechnicianId | undefined> {
  const passedOver = await listPassedOver(store, id, now - PASSED_OVER_MS)
  const readers = await findReaders(store, group)
  const turns = await listTurns(store, group, presentMembers(live, group))
  const customers = customersOf(live)
  const candidates: Candidate[] = turns
    // Whoever waits for the group's keys could not even see the name.
    .filter((turn) => !readers || readers.has(turn.id))
    .map((turn) => ({ ...turn, customers: customers.get(turn.id) ?? 0 }))
  return chooseAssignee(assignment, candidates, passedOver)
}

/** Members who are at a desk. An admin of another group sees the ticket, too, and is not on call for it. */
function presentMembers({ technicians }: Live, group: GroupId): TechnicianId[] {
  const here = [...technicians].filter(({ pager, technician }) => !pager && technician.groups.includes(group))
  return [...new Set(here.map(({ technician }) => technician.id))]
}

/** How many customers each technician has there at this moment. */
function customersOf({ tickets }: Live): Map<TechnicianId, number> {
  const counts = new Map<TechnicianId, number>()
  for (const { header, seat } of tickets.values()) {
    const assignee = seat.kind === 'free' ? null : assigneeOf(header)
    if (assignee !== null) counts.set(assignee, (counts.get(assignee) ?? 0) + 1)
  }
  return counts
}

/** One after the other, so that two customers who come at once do not have the same turn. */
async function inTurn<T>(live: Live, work: () => Promise<T>): Promise<T> {
  const turn = live.giving.then(work)
  live.giving = turn.then(nothing, nothing)
  return await turn
}

function nothing(): void {}
