import * as v from 'valibot'
import type { QueueEntry } from '../../desk/queue.ts'
import { Details } from '../../protocol/details.ts'
import { TechnicianId } from '../../protocol/ids.ts'
import { type Presence, TicketHeader } from '../../protocol/ticket.ts'

export const MARIE = v.parse(TechnicianId, 'marie')

/** An open ticket of Marie's; `number` makes its id and its lookup. */
export function header(number: number, changes: Partial<TicketHeader> = {}): TicketHeader {
  return v.parse(TicketHeader, {
    id: String(number).padStart(22, 'A'),
    lookup: String(number).padStart(5, '0'),
    state: { kind: 'open', assignee: MARIE },
    createdAt: 1000 + number,
    expiresAt: 1_000_000,
    version: 1,
    ...changes,
  })
}

export const offline: Presence = { kind: 'offline' }
export const waiting = (since: number): Presence => ({ kind: 'waiting', since })
export const inSession = (since: number): Presence => ({ kind: 'in-session', since })

export function details(changes: Partial<Record<'name' | 'contact' | 'request', string>> = {}): Details {
  return v.parse(Details, { secret: '67890', name: '', contact: '', request: '', createdAt: 1000, ...changes })
}

export function entry(ticket: TicketHeader, presence: Presence = offline, known?: Details): QueueEntry {
  return { header: ticket, presence, details: known }
}
