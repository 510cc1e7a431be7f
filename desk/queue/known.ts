import type { TicketsReply } from '../../protocol/http.ts'
import type { Presence, TicketHeader } from '../../protocol/ticket.ts'

/** What this desk knows of one ticket from the server. `seen` orders what was heard: a larger one is newer. */
export type Known = { header: TicketHeader; presence: Presence; held: number; seen: number }

type Listed = TicketsReply['tickets'][number]

const OFFLINE: Presence = { kind: 'offline' }

/** A ticket is new, or it changed. An older version than the known one changes nothing. */
export function hearTicket(before: Known | undefined, header: TicketHeader, seen: number): Known {
  if (before && before.header.version > header.version) return before
  const presence = header.state.kind === 'open' ? (before?.presence ?? OFFLINE) : OFFLINE
  return { header, presence, held: before?.held ?? 0, seen }
}

/** A customer came or went. */
export function hearPresence(before: Known, presence: Presence, seen: number): Known {
  return before.header.state.kind === 'open' ? { ...before, presence, seen } : before
}

export function hearHeld(before: Known, held: number, seen: number): Known {
  return { ...before, held, seen }
}

/**
 * A line of the server's list, asked for when `seen` was `askedAt`: what was heard since then is newer than the list. All else is as the
 * list says, an older version too: the server may have been put back to an older state.
 */
export function hearListed(before: Known | undefined, listed: Listed, askedAt: number): Known {
  if (!before) return { header: listed.ticket, presence: listed.presence, held: listed.held, seen: askedAt }
  if (before.seen > askedAt) {
    const header = before.header.version > listed.ticket.version ? before.header : listed.ticket
    return { ...before, header }
  }
  return { header: listed.ticket, presence: listed.presence, held: listed.held, seen: askedAt }
}

/** Whether a ticket that the whole list does not have has left the queue: resolved, moved away, or ended long ago. */
export function leftTheQueue(known: Known, askedAt: number): boolean {
  return known.seen <= askedAt
}
