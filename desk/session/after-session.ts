import type { OverReason } from '../../peer/link-error.ts'
import type { TurnAwayReason } from '../../protocol/socket.ts'
import type { CaseEvent } from '../case/case-entry.ts'

/** What follows a session that is over. */
export type AfterSession = {
  /** Takes the seat from the customer who is on the ticket. */
  turnAway?: TurnAwayReason
  /**
   * When the next session begins: `by-itself` while the customer still waits, `on-arrival` only when a customer comes
   * anew, `by-hand` when the technician says so, because trying again by itself could hide what happened.
   */
  again: 'by-itself' | 'on-arrival' | 'by-hand'
  /** The next session goes on with this one: transfers wait for it, and the time since the first link runs on. */
  goesOn?: true
  /** The line for the case's history. */
  note?: CaseEvent['what']
}

/** So many handshakes in a row may get no answer: the code of the page may still be on its way. */
const SLOW_HANDSHAKES = 2

/** How often the session was tried again by itself since this customer came; `silent`: of these, the last handshakes in a row that got no answer. */
export type Tried = { times: number; silent: number }
export const NOT_TRIED: Tried = { times: 0, silent: 0 }

export function tryAgain({ times, silent }: Tried, why: OverReason): Tried {
  return { times: times + 1, silent: why === 'timeout' ? silent + 1 : 0 }
}

/** Where no way was found the handshake was answered, and a customer who then changes the network is away for a while: that is no silence. */
export function afterSession(why: OverReason, { silent }: Tried): AfterSession {
  return why === 'timeout' && silent < SLOW_HANDSHAKES ? { again: 'by-itself' } : AFTER_SESSION[why]
}

const AFTER_SESSION: Record<OverReason, AfterSession> = {
  'ended-here': { turnAway: 'ended', again: 'on-arrival', note: 'ended-by-technician' },
  'ended-there': { again: 'on-arrival', note: 'ended-by-customer' },
  'not-asked': { again: 'by-hand', note: 'not-asked' },
  'handed-over': { again: 'on-arrival' },
  lost: { again: 'by-itself', goesOn: true, note: 'lost' },
  'no-route': { again: 'by-itself', goesOn: true },
  timeout: { turnAway: 'no-answer', again: 'on-arrival' },
  'wrong-secret': { turnAway: 'wrong-secret', again: 'on-arrival' },
  'dead-code': { turnAway: 'dead-code', again: 'by-hand' },
  tampered: { again: 'by-hand' },
  'bad-frame': { again: 'by-hand' },
  version: { again: 'by-hand' },
}

/** How long to wait before the session is tried once more by itself, in ms. */
export function retryMs({ times }: Tried): number {
  return Math.min(1000 * 2 ** times, 15_000)
}
