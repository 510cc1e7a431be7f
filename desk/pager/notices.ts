import * as v from 'valibot'
import { type Lookup, TicketId } from '../../protocol/ids.ts'
import type { ServiceTarget } from '../queue/service-level.ts'
import type { Call } from './calls.ts'

/** Which notifications are in sight: one for each customer, or a single one where several wait. */

/** More calls than this at once become a single notification. */
const SINGLE = 3

/** `told`: what became of a press on one of the buttons, or of a ticket that one had. */
export type Notice =
  | { kind: 'call'; call: Call }
  | { kind: 'many'; calls: readonly Call[] }
  | { kind: 'told'; ticket: TicketId; lookup: Lookup | undefined; outcome: Outcome }

/**
 * `mine`: the ticket is this technician's now. `taken`: somebody was faster; the name is null where it is not known. `silent`: it went back to the
 * queue, because nothing was done for so long. `not-asked`: its customer did not ask for the help. `due`: what the group promised is late, or
 * will be soon, and so are so many others.
 */
export type Outcome =
  | { kind: 'mine' }
  | { kind: 'taken'; by: string | null }
  | { kind: 'ended' }
  | { kind: 'failed' }
  | { kind: 'silent'; minutes: number }
  | { kind: 'not-asked'; mine: boolean }
  | { kind: 'due'; target: ServiceTarget; missed: boolean; others: number }

/** The buttons of a call, of which the first is that of every notice. */
export const OPEN_BUTTON = 0
export const ASSIGN_BUTTON = 1

const MANY = 'waiting'
const CALL = 'waiting '
const TOLD = 'told '
const RING = 'ring '

/** A notice shown under the name of an older one takes its place. */
export function noticeName(notice: Notice): string {
  if (notice.kind === 'many') return MANY
  return notice.kind === 'call' ? CALL + notice.call.ticket : TOLD + notice.ticket
}

/** Of the notification that a ticket's customer calls, which the desk itself shows. */
export function ringName(ticket: TicketId): string {
  return RING + ticket
}

/** The ticket that a notification is about; undefined for a single one about many, and for those of others. */
export function ticketOf(name: string): TicketId | undefined {
  const prefix = [CALL, TOLD, RING].find((known) => name.startsWith(known))
  return prefix && v.is(TicketId, name.slice(prefix.length)) ? v.parse(TicketId, name.slice(prefix.length)) : undefined
}

/** What to show for those who are called for now, while `all` wait. */
export function noticesFor(call: readonly Call[], all: readonly Call[]): Notice[] {
  if (call.length === 0) return []
  if (all.length > SINGLE) return [{ kind: 'many', calls: all }]
  return call.map((one) => ({ kind: 'call', call: one }))
}

/** Those of the notifications in sight that call for nobody who still waits. What was told stays until it is read. */
export function outdated(names: readonly string[], all: readonly Call[]): string[] {
  const wanted = new Set(all.length > SINGLE ? [MANY] : all.map((call) => noticeName({ kind: 'call', call })))
  return names.filter((name) => (name === MANY || name.startsWith(CALL)) && !wanted.has(name))
}
