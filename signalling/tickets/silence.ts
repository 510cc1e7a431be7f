import type { Time } from '../../protocol/ids.ts'
import type { LinkState, Seat } from './seat.ts'

/** When an assignee who does nothing for a customer who is there loses the ticket. Rules without clock, sockets or store. */

const MINUTE_MS = 60_000

/** `cared`: the technician who attends has done something for this customer since the arrival. */
type Customer = { seat: Seat<unknown>; link: LinkState; cared: boolean }

/** Whether the customer is there at this moment: by the socket, or by a link that is up without it. */
export function isHere({ seat, link }: Pick<Customer, 'seat' | 'link'>): boolean {
  return seat.kind === 'taken' || (seat.kind === 'kept' && link.kind === 'up')
}

/**
 * Since when the customer has nobody; undefined: is cared for, or gone. A page that is loaded again goes on with the same wait.
 * @param before what it was until now
 */
export function unansweredSince(before: Time | undefined, customer: Customer, now: Time): Time | undefined {
  if (customer.seat.kind === 'free' || customer.cared) return undefined
  return before ?? (isHere(customer) ? now : undefined)
}

/** `startedAt`: when this server began; desks have `settleMs` from there to come back and say what they did. */
type Silence = { unansweredSince: Time; assignedAt: Time; minutes: number; startedAt: Time; settleMs: number }

/** Whether the assignee was silent for the whole time: of the wait, and of having the ticket. */
export function isSilent({ unansweredSince, assignedAt, minutes, startedAt, settleMs }: Silence, now: Time): boolean {
  const due = Math.max(unansweredSince, assignedAt) + minutes * MINUTE_MS
  return now >= (unansweredSince < startedAt ? Math.max(due, startedAt + settleMs) : due)
}
