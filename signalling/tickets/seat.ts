import type { Time } from '../../protocol/ids.ts'
import type { Presence } from '../../protocol/ticket.ts'

/**
 * Who sits on a ticket: one customer at a time, named by the join. Rules without clock or sockets.
 * `kept`: joined, or was here, and has until `until` to open a socket. `taken`: the socket is here since `since`.
 */
export type Seat<Join> =
  | { kind: 'free' }
  | { kind: 'kept'; join: Join; until: Time }
  | { kind: 'taken'; join: Join; since: Time }

/** Whether the attending technician says that the link is up. */
export type LinkState = { kind: 'down' } | { kind: 'up'; since: Time }

export const FREE = { kind: 'free' } as const
export const DOWN = { kind: 'down' } as const

/** The seat as it is at `now`. While the link is up a customer keeps it without a socket: the two are still talking. */
export function settle<Join>(seat: Seat<Join>, link: LinkState, now: Time): Seat<Join> {
  return seat.kind === 'kept' && link.kind === 'down' && seat.until <= now ? FREE : seat
}

/** True when nobody else has the (settled) seat. */
export function mayTake<Join>(seat: Seat<Join>, join: Join): boolean {
  return seat.kind === 'free' || seat.join === join
}

/** After a join over HTTP: the seat is kept for its socket. A socket of the same join that is already here stays. */
export function keep<Join>(seat: Seat<Join>, join: Join, until: Time): Seat<Join> {
  return seat.kind === 'taken' && seat.join === join ? seat : { kind: 'kept', join, until }
}

/** The join's socket came. */
export function take<Join>(join: Join, now: Time): Seat<Join> {
  return { kind: 'taken', join, since: now }
}

/** The socket of a taken seat went away. */
export function lose<Join>(seat: Seat<Join>, until: Time): Seat<Join> {
  return seat.kind === 'taken' ? { kind: 'kept', join: seat.join, until } : seat
}

/** The link went down: a customer without a socket gets the whole grace from now. */
export function linkLost<Join>(seat: Seat<Join>, until: Time): Seat<Join> {
  return seat.kind === 'kept' ? { ...seat, until: Math.max(seat.until, until) } : seat
}

/** `answered`: somebody did something for this customer since the arrival. */
type Arrival = { arrivedAt: Time | undefined; answered: boolean }

/** Where the customer is, as technicians see it. */
export function presenceOf(seat: Seat<unknown>, link: LinkState, { arrivedAt, answered }: Arrival): Presence {
  if (seat.kind === 'free') return { kind: 'offline' }
  if (link.kind === 'up') {
    return { kind: 'in-session', since: answered ? link.since : (arrivedAt ?? link.since), answered }
  }
  if (seat.kind === 'kept') return { kind: 'offline' }
  return { kind: 'waiting', since: arrivedAt ?? seat.since, cameAt: seat.since }
}
