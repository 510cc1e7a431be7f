import { RefusedError } from '../../protocol/errors.ts'
import type { TicketId, Time } from '../../protocol/ids.ts'
import { assigneeOf, type TicketHeader } from '../../protocol/ticket.ts'
import type { Services } from '../services.ts'
import type { Join } from '../store/joins.ts'
import { findTicket, replaceTicket } from '../store/tickets.ts'
import { blockAsNotAsked } from './change.ts'
import { followChange } from './changed.ts'
import { mayTake, settle } from './seat.ts'

/** Somebody may change the ticket at the same moment: it is blocked all the same. */
const TRIES = 5

/**
 * The customer of this join says "I did not ask for this": the code is blocked for good, and who may see the ticket is told. The code of a
 * ticket that was resolved is dead already.
 * @returns the ticket as it was, of which the admins are to be told; undefined where that was done before.
 * @throws RefusedError `code-in-use` where another customer has the seat, `dead-code` where the ticket expired.
 */
export async function blockNotAsked(
  { store, live }: Pick<Services, 'store' | 'live'>,
  { id: join, ticket: id }: Pick<Join, 'id' | 'ticket'>,
  now: Time,
): Promise<TicketHeader | undefined> {
  requireSeat(id)
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const before = await findTicket(store, id)
    if (before?.state.kind === 'expired' && before.state.why === 'not-asked') return undefined
    if (before?.state.kind === 'resolved') return before
    if (before?.state.kind !== 'open') throw new RefusedError({ code: 'dead-code', about: 'ticket' })
    const blocked = blockAsNotAsked(before, now)
    if ((await replaceTicket(store, blocked)).kind !== 'done') continue
    followChange(live, before, blocked.header, now, { kind: 'not-asked', whom: assigneeOf(before) })
    return before
  }
  throw new RefusedError({ code: 'unavailable' })

  function requireSeat(ticket: TicketId) {
    const there = live.tickets.get(ticket)
    if (there && !mayTake(settle(there.seat, there.link, now), join)) throw new RefusedError({ code: 'code-in-use' })
  }
}
