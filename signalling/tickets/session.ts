import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import type { GroupId, Lookup, TechnicianId, TicketId, Time } from '../../protocol/ids.ts'
import { LogSessionId } from '../../protocol/log.ts'
import type { SessionEnd } from '../../protocol/log-event.ts'
import { assigneeOf } from '../../protocol/ticket.ts'
import type { TokenHash } from '../tokens.ts'
import type { Live, LiveTicket } from './live.ts'

/** A session that goes on, for the log. It outlives cuts of its link, a desk that is loaded again, and sockets that come back. */
export type LiveSession = {
  readonly id: LogSessionId
  readonly ticket: { id: TicketId; lookup: Lookup }
  readonly group: GroupId
  readonly by: TechnicianId
  /** Where the technician's socket comes from. */
  readonly from: string
  readonly began: Time
  /** Of its customer. */
  readonly join: TokenHash
  /** Since when the link is down; undefined: it is up. */
  downSince: Time | undefined
}

/** What is to be written down. */
export type SessionNews =
  | { kind: 'began'; session: LiveSession }
  | { kind: 'ended'; session: LiveSession; at: Time; why: SessionEnd }

/** A link that is down for so long, while its customer is there, ends the session. */
const LOST_MS = 120_000

/** After each change of a ticket that is live: its session begins, goes on or is over. */
export function followSession(live: Pick<Live, 'sessionNews'>, ticket: LiveTicket, now: Time): void {
  const { session, attendant, link, seat } = ticket
  const linked = link.kind === 'up' ? attendant : undefined
  if (session) {
    const same = linked?.technician.id === session.by
    session.downSince = same ? undefined : (session.downSince ?? now)
    const lost = session.downSince !== undefined && session.downSince + LOST_MS <= now
    if (seat.kind === 'free' || (linked && !same) || lost) endSession(live, ticket, whyOver(ticket, session))
  }
  if (!linked || ticket.session || seat.kind === 'free') return
  const { id, header } = ticket
  const begun: LiveSession = {
    id: v.parse(LogSessionId, randomBytes(16).toString('base64url')),
    ticket: { id, lookup: header.lookup },
    group: header.group,
    by: linked.technician.id,
    from: linked.connection.addressKey,
    began: now,
    join: seat.join,
    downSince: undefined,
  }
  ticket.session = begun
  ticket.lastSession = begun.id
  ticket.leaves = undefined
  live.sessionNews.push({ kind: 'began', session: begun })
}

export function endSession(live: Pick<Live, 'sessionNews'>, ticket: LiveTicket, why: SessionEnd, now?: Time): void {
  const { session } = ticket
  if (!session) return
  ticket.session = undefined
  live.sessionNews.push({ kind: 'ended', session, at: session.downSince ?? now ?? Date.now(), why })
}

function whyOver({ seat, leaves, header }: LiveTicket, { by }: LiveSession): SessionEnd {
  if (leaves) return leaves
  if (seat.kind !== 'free' && assigneeOf(header) !== by) return 'handed-over'
  return 'lost'
}
