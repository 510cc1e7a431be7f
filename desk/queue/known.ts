import type { TicketsReply } from '../../protocol/http.ts'
import { type Presence, samePresence, type TicketHeader } from '../../protocol/ticket.ts'

/** What this desk knows of one ticket from the server. `seen` orders what was heard: a larger one is newer; `headerSeen`: of the header. */
export type Known = { header: TicketHeader; presence: Presence; held: number; seen: number; headerSeen: number }

type Listed = TicketsReply['tickets'][number]

const OFFLINE: Presence = { kind: 'offline' }

/**
 * A ticket is new, or it changed. An older version than one that was heard since the server was reached, at `reachedAt`, changes nothing;
 * what was heard before tells nothing of this server's versions: it may have been put back to an older state.
 */
export function hearTicket(before: Known | undefined, header: TicketHeader, seen: number, reachedAt: number): Known {
  if (before && before.headerSeen > reachedAt && before.header.version > header.version) return before
  const presence = header.state.kind === 'open' ? (before?.presence ?? OFFLINE) : OFFLINE
  return { header, presence, held: before?.held ?? 0, seen, headerSeen: seen }
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
 * list says, an older version too: the server may have been put back to an older state. What it says once more stays the same object: it
 * is not shown anew.
 */
export function hearListed(before: Known | undefined, listed: Listed, askedAt: number): Known {
  const { ticket, presence, held } = listed
  if (!before) return { header: ticket, presence, held, seen: askedAt, headerSeen: askedAt }
  const isNewer = before.headerSeen > askedAt && before.header.version >= ticket.version
  const header = isNewer || same(before.header, ticket) ? before.header : ticket
  const headerSeen = isNewer ? before.headerSeen : askedAt
  if (before.seen > askedAt) return { ...before, header, headerSeen }
  const place = samePresence(before.presence, presence) ? before.presence : presence
  return { header, presence: place, held, seen: askedAt, headerSeen }
}

/** Both come out of one schema, so that the same one is written alike. */
function same(one: TicketHeader, other: TicketHeader): boolean {
  return one.version === other.version && JSON.stringify(one) === JSON.stringify(other)
}

/** Whether a ticket that the whole list does not have has left the queue: resolved, moved away, or ended long ago. */
export function leftTheQueue(known: Known, askedAt: number): boolean {
  return known.seen <= askedAt
}
