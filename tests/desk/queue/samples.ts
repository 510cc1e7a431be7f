import * as v from 'valibot'
import type { QueueEntry } from '../../../desk/queue/entry.ts'
import { Details } from '../../../protocol/details.ts'
import { GroupId, TechnicianId } from '../../../protocol/ids.ts'
import { type Presence, TicketHeader } from '../../../protocol/ticket.ts'

export const MARIE = v.parse(TechnicianId, 'marie')
export const TOM = v.parse(TechnicianId, 'tom')
export const SUPPORT = v.parse(GroupId, 'support'.padEnd(22, 'A'))
export const FIELD = v.parse(GroupId, 'field'.padEnd(22, 'A'))

/** An open ticket of Marie's; `number` makes its id and its lookup. */
export function header(number: number, changes: Partial<v.InferInput<typeof TicketHeader>> = {}): TicketHeader {
  return v.parse(TicketHeader, {
    id: String(number).padStart(22, 'A'),
    lookup: String(number).padStart(5, '0'),
    group: SUPPORT,
    state: { kind: 'open', assignee: MARIE },
    seconds: [],
    createdAt: 1000 + number,
    openedAt: 1000 + number,
    answeredAt: null,
    expiresAt: 1_000_000,
    version: 1,
    ...changes,
  })
}

export const open = (assignee: TechnicianId | null) => ({ kind: 'open', assignee }) as const
export const offline: Presence = { kind: 'offline' }
export const waiting = (since: number): Presence => ({ kind: 'waiting', since, cameAt: since })
export const inSession = (since: number, answered = true): Presence => ({ kind: 'in-session', since, answered })

export function details(changes: Partial<v.InferInput<typeof Details>> = {}): Details {
  return v.parse(Details, { secret: '67890', name: '', contact: '', request: '', createdAt: 1000, ...changes })
}

export function entry(ticket: TicketHeader, presence: Presence = offline, known?: Details): QueueEntry {
  return { header: ticket, presence, held: 0, details: known, asked: false }
}
