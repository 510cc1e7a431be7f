import type { Details } from '../protocol/details.ts'
import type { TicketsReply } from '../protocol/http.ts'
import type { TicketId, Time } from '../protocol/ids.ts'
import type { Presence, TicketHeader } from '../protocol/ticket.ts'
import { search } from './search.ts'

/** What this desk knows of one ticket from the server. `seen` orders what was heard: a larger one is newer. */
export type Known = { header: TicketHeader; presence: Presence; seen: number }
export type KnownTickets = ReadonlyMap<TicketId, Known>

const OFFLINE: Presence = { kind: 'offline' }

/** A ticket is new, or it changed. An older version than the known one changes nothing. */
export function hearTicket(known: KnownTickets, header: TicketHeader, seen: number): KnownTickets {
  const before = known.get(header.id)
  if (before && before.header.version > header.version) return known
  const presence = header.state.kind === 'open' ? (before?.presence ?? OFFLINE) : OFFLINE
  return new Map(known).set(header.id, { header, presence, seen })
}

/** A customer came or went. */
export function hearPresence(known: KnownTickets, id: TicketId, presence: Presence, seen: number): KnownTickets {
  const before = known.get(id)
  if (before?.header.state.kind !== 'open') return known
  return new Map(known).set(id, { ...before, presence, seen })
}

/**
 * The list of open tickets, asked for when `seen` was `askedAt`: what was heard since then is newer than the list.
 * An open ticket that the list does not have has ended meanwhile; it stays, with the reason, until it is dismissed.
 */
export function applyList(
  known: KnownTickets,
  listed: TicketsReply['tickets'],
  askedAt: number,
  now: Time,
): KnownTickets {
  const result = new Map(known)
  const present = new Set(listed.map(({ ticket }) => ticket.id))
  for (const [id, { header, seen }] of known) {
    if (present.has(id) || seen > askedAt || header.state.kind !== 'open') continue
    const late = header.expiresAt <= now
    const state = { kind: 'expired', at: late ? header.expiresAt : now, why: late ? 'time' : 'withdrawn' } as const
    result.set(id, { header: { ...header, state }, presence: OFFLINE, seen })
  }
  for (const { ticket, presence } of listed) {
    const before = known.get(ticket.id)
    const heardSince = before !== undefined && before.seen > askedAt
    const header = before && before.header.version > ticket.version ? before.header : ticket
    result.set(ticket.id, {
      header,
      presence: heardSince ? before.presence : presence,
      seen: heardSince ? before.seen : askedAt,
    })
  }
  return result
}

/** One line of the queue. Without `details` the ticket was made in another browser, which alone has its secret half. */
export type QueueEntry = { header: TicketHeader; presence: Presence; details: Details | undefined }

export type QueueGroup = 'waiting' | 'in-session' | 'absent' | 'ended'
export const QUEUE_GROUPS: readonly QueueGroup[] = ['waiting', 'in-session', 'absent', 'ended']

export function groupOf({ header, presence }: QueueEntry): QueueGroup {
  if (header.state.kind === 'expired') return 'ended'
  if (presence.kind === 'waiting') return 'waiting'
  return presence.kind === 'in-session' ? 'in-session' : 'absent'
}

/** The queue as it is read: what needs a hand first. Who waits longest is on top; of the rest, the newest. */
export function groupQueue(entries: readonly QueueEntry[]): { group: QueueGroup; entries: QueueEntry[] }[] {
  return QUEUE_GROUPS.map((group) => ({
    group,
    entries: entries.filter((entry) => groupOf(entry) === group).sort((a, b) => rank(a) - rank(b)),
  })).filter(({ entries }) => entries.length > 0)
}

function rank({ header, presence }: QueueEntry): number {
  if (header.state.kind === 'expired') return -header.state.at
  return presence.kind === 'offline' ? -header.createdAt : presence.since
}

/** Entries that have every word of the text in name, contact, request or lookup; case and accents do not matter. */
export function searchQueue(entries: readonly QueueEntry[], text: string): readonly QueueEntry[] {
  return search(entries, text, ({ header, details }) =>
    [header.lookup, details?.name, details?.contact, details?.request].join('\n'),
  )
}
