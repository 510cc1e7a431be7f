import type { GroupId, TicketId, Time } from '../../protocol/ids.ts'
import type { LogSessionId } from '../../protocol/log.ts'
import type { SessionEnd } from '../../protocol/log-event.ts'
import { type Presence, samePresence, type TicketHeader } from '../../protocol/ticket.ts'
import type { Limits } from '../limits.ts'
import { type Mesh, makeMesh } from '../mesh/mesh.ts'
import type { PeopleNews } from '../people/broadcast.ts'
import type { Present } from '../rooms/present.ts'
import type { CustomerPeer, TechnicianPeer } from '../socket/peer.ts'
import { tellTechnician } from '../socket/send.ts'
import type { TokenHash } from '../tokens.ts'
import { NOTHING_TOLD, type Told } from './customer-news.ts'
import { maySee } from './rights.ts'
import { DOWN, FREE, type LinkState, presenceOf, type Seat, settle } from './seat.ts'
import { followSession, type LiveSession, type SessionNews } from './session.ts'
import { unansweredSince } from './silence.ts'

/** A ticket that somebody is on right now. Never stored; all of the relay's rights are read from here. */
export type LiveTicket = {
  readonly id: TicketId
  /** As the database has it: `changed.ts` follows each change. */
  header: TicketHeader
  seat: Seat<TokenHash>
  link: LinkState
  /** The socket on the seat, when the seat is taken. */
  customer: CustomerPeer | undefined
  /** The socket that takes care of the customer. */
  attendant: TechnicianPeer | undefined
  /** Somebody did something for the customer since the arrival. */
  answered: boolean
  /** When the customer who has the seat first took it, or came again after an answer; a socket that was cut and came back does not count. */
  arrivedAt: Time | undefined
  /** The wait of this arrival is written down. */
  waitNoted: boolean
  /** What the customer's socket was last told of the place in the line and of the group's key. */
  told: Told
  /** Since when the customer has nobody, as `silence.ts` counts it. */
  unansweredSince: Time | undefined
  /** The session that goes on, and the last one there was since the ticket is live. */
  session: LiveSession | undefined
  lastSession: LogSessionId | undefined
  /** By whom the session ends that is about to. */
  leaves: SessionEnd | undefined
  /** What technicians were last told. */
  shown: Presence
}

/** Everything that is live in this process: `seating.ts` and `attendance.ts` change it. */
export type Live = {
  readonly graceMs: Limits['seatGraceMs']
  readonly tickets: Map<TicketId, LiveTicket>
  /** What tickets became in the last minute, live or not: `latest.ts`. */
  readonly latest: Map<TicketId, { header: TicketHeader; at: Time }>
  readonly technicians: Set<TechnicianPeer>
  /** How often sockets lost or changed their rights: `people/letting-in.ts`. */
  rightsChanged: number
  /** Who has a room's new entries pushed. */
  readonly watchers: Present<TechnicianPeer>
  readonly mesh: Mesh
  peopleNews: PeopleNews
  /** Groups of which a customer came, went or was answered, or whose key changed: `customer-news.ts` tells those who wait. */
  readonly changedLines: Set<GroupId>
  /** What `log/session-log.ts` has yet to write down. */
  readonly sessionNews: SessionNews[]
  /** The last of the tickets that are being given to somebody, one after the other. Never rejects. */
  giving: Promise<void>
}

export function makeLive(limits: Pick<Limits, 'seatGraceMs'>): Live {
  return {
    graceMs: limits.seatGraceMs,
    tickets: new Map(),
    latest: new Map(),
    technicians: new Set(),
    rightsChanged: 0,
    watchers: new Map(),
    mesh: makeMesh(),
    peopleNews: undefined,
    changedLines: new Set(),
    sessionNews: [],
    giving: Promise.resolve(),
  }
}

/** The ticket, live from now on. Whoever calls changes it and then calls `announce`. */
export function enliven(live: Live, header: TicketHeader): LiveTicket {
  const { id } = header
  const known = live.tickets.get(id)
  if (known) {
    if (known.header.version < header.version) known.header = header
    return known
  }
  const ticket: LiveTicket = {
    id,
    header,
    seat: FREE,
    link: DOWN,
    customer: undefined,
    attendant: undefined,
    answered: false,
    arrivedAt: undefined,
    waitNoted: false,
    told: NOTHING_TOLD,
    unansweredSince: undefined,
    session: undefined,
    lastSession: undefined,
    leaves: undefined,
    shown: { kind: 'offline' },
  }
  live.tickets.set(id, ticket)
  return ticket
}

/** Tells technicians where the customer is, if that changed, and forgets a ticket that nobody is on. */
export function announce(live: Live, ticket: LiveTicket, now: Time): void {
  ticket.seat = settle(ticket.seat, ticket.link, now)
  followSession(live, ticket, now)
  if (ticket.seat.kind === 'free') {
    // Who lost the socket first left the line only now.
    if (ticket.arrivedAt !== undefined) live.changedLines.add(ticket.header.group)
    forgetArrival(ticket)
  }
  const cared = ticket.answered && ticket.attendant !== undefined
  ticket.unansweredSince = unansweredSince(ticket.unansweredSince, { ...ticket, cared }, now)
  const presence = presenceOf(ticket.seat, ticket.link, ticket)
  if (!samePresence(presence, ticket.shown)) {
    ticket.shown = presence
    live.changedLines.add(ticket.header.group)
    for (const peer of audience(live, ticket.header)) {
      tellTechnician(peer, { type: 'presence', ticket: ticket.id, presence })
    }
  }
  if (ticket.seat.kind === 'free' && !ticket.attendant) live.tickets.delete(ticket.id)
}

/** Whoever comes next is somebody else, or comes anew. */
export function forgetArrival(ticket: LiveTicket): void {
  ticket.answered = false
  ticket.arrivedAt = undefined
  ticket.waitNoted = false
}

/** Technicians' sockets that may see the ticket. */
export function audience(live: Pick<Live, 'technicians'>, ticket: Pick<TicketHeader, 'group'>): TechnicianPeer[] {
  return [...live.technicians].filter((peer) => maySee(peer.technician, ticket))
}

export function presenceNow(live: Live, id: TicketId): Presence {
  return live.tickets.get(id)?.shown ?? { kind: 'offline' }
}

/** Frees the seats whose grace is over, and ends the sessions whose links do not come back. */
export function settleAll(live: Live, now: Time): void {
  for (const ticket of live.tickets.values()) {
    if (ticket.seat.kind === 'kept' || ticket.session?.downSince !== undefined) announce(live, ticket, now)
  }
}
