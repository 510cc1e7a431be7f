import type { RefusalCode } from '../../protocol/errors.ts'
import type { HeldMessage } from '../../protocol/held.ts'
import type { SealedDetails, TicketChange } from '../../protocol/http.ts'
import type { GroupId, Lookup, TechnicianId, Time } from '../../protocol/ids.ts'
import type { TicketEvent } from '../../protocol/rooms.ts'
import { assigneeOf, type TicketHeader, type TicketState } from '../../protocol/ticket.ts'
import { mayHandle, maySee, type Person } from './rights.ts'
import type { Ruling } from './ticket.ts'

/**
 * What a change makes of a ticket, and the one line of its timeline. `details` where those on the row change, too; `held`: what the
 * customer left, sealed anew.
 */
export type Changed = {
  header: TicketHeader
  event: TicketEvent
  details?: SealedDetails
  held?: readonly HeldMessage[]
}

/** What has to be looked up before a change can be ruled on. */
export type Ask = {
  by: Person
  version: number
  now: Time
  /** The technician whom the change names, if that one is there and active. */
  named: Person | undefined
  /** The group that a move names is there. */
  groupExists: boolean
  /** For a reopening: a lookup that is free, the old one if it still is. */
  lookup: Lookup
  /** For a reopening: how long the ticket lives from now, in ms. */
  lifeMs: number
}

type Open = Extract<TicketState, { kind: 'open' }>

/** The rules of `TicketChange` (`protocol/http.ts`). */
export function changeTicket(ticket: TicketHeader, change: TicketChange, ask: Ask): Ruling<Changed> {
  if (!maySee(ask.by, ticket)) return no('not-found')
  if (ticket.version !== ask.version) return no('conflict', 'version')
  if (change.kind === 'reopen') return reopen(ticket, ask)
  if (ticket.state.kind !== 'open') return no('dead-code')
  switch (change.kind) {
    case 'assign':
      return assign(ticket, change.assignee, ask)
    case 'second':
      return changeSecond(ticket, change, ask)
    default:
      if (!mayHandle(ask.by, ticket)) return no('forbidden')
      return handle(ticket, change, ask)
  }
}

function handle(
  ticket: TicketHeader,
  change: Extract<TicketChange, { kind: 'move' | 'resolve' | 'expire' }>,
  ask: Ask,
): Ruling<Changed> {
  const at = ask.now
  const by = ask.by.id
  const assignee = assigneeOf(ticket)
  switch (change.kind) {
    case 'move': {
      if (change.group === ticket.group) return no('conflict', 'group')
      if (!ask.groupExists) return no('not-found', 'group')
      const moved = { ...ticket, group: change.group, seconds: [], state: unassigned }
      const event = line({ at, by, what: 'moved', group: change.group })
      const changed = next(moved, event, { kind: 'moved', sealed: change.sealed })
      return { ok: true, value: { ...changed, ...(change.held && { held: change.held }) } }
    }
    case 'resolve': {
      const state: TicketState = { kind: 'resolved', assignee, at, by }
      return yes({ ...ticket, state }, line({ at, by, what: 'resolved' }), { kind: 'group', sealed: change.sealed })
    }
    case 'expire':
      return yes(
        { ...ticket, state: { kind: 'expired', at, why: change.why, assignee, filed: false } },
        line({ at, by, what: 'expired', whom: assignee }),
      )
  }
}

function assign(ticket: TicketHeader, assignee: TechnicianId | null, { by, named, now }: Ask): Ruling<Changed> {
  const before = assigneeOf(ticket)
  if (before === assignee) return no('conflict', 'assignee')
  if (assignee !== null && (!named || !maySee(named, ticket))) return no('not-found', 'assignee')
  const seconds = ticket.seconds.filter((id) => id !== assignee)
  const event = assignee
    ? line({ at: now, by: by.id, what: 'assigned', whom: assignee })
    : line({ at: now, by: by.id, what: 'unassigned', whom: before })
  return yes({ ...ticket, seconds, state: { kind: 'open', assignee } }, event)
}

const MAX_SECONDS = 20

function changeSecond(
  ticket: TicketHeader,
  { technician, invited }: Extract<TicketChange, { kind: 'second' }>,
  { by, named, now }: Ask,
): Ruling<Changed> {
  const leaves = !invited && technician === by.id
  if (!leaves && !by.admin && assigneeOf(ticket) !== by.id) return no('forbidden')
  const there = ticket.seconds.includes(technician)
  if (invited === there || assigneeOf(ticket) === technician) return no('conflict', 'technician')
  if (invited && (!named || !maySee(named, ticket))) return no('not-found', 'technician')
  if (invited && ticket.seconds.length >= MAX_SECONDS) return no('too-many', 'technician')
  const seconds = invited ? [...ticket.seconds, technician] : ticket.seconds.filter((id) => id !== technician)
  const what = invited ? 'second-invited' : 'second-left'
  return yes({ ...ticket, seconds }, line({ at: now, by: by.id, what, whom: technician }))
}

function reopen(ticket: TicketHeader, { by, now, lookup, lifeMs }: Ask): Ruling<Changed> {
  if (ticket.state.kind !== 'resolved') return no(ticket.state.kind === 'open' ? 'conflict' : 'dead-code')
  const state: Open = { kind: 'open', assignee: by.id }
  const seconds = ticket.seconds.filter((id) => id !== by.id)
  const opened = { ...ticket, state, seconds, lookup, openedAt: now, answeredAt: null, expiresAt: now + lifeMs }
  return yes(opened, line({ at: now, by: by.id, what: 'reopened', whom: by.id }))
}

/** Its time is over, whoever has it. */
export function expireByTime(ticket: TicketHeader, now: Time): Changed {
  const state: TicketState = { kind: 'expired', at: now, why: 'time', assignee: assigneeOf(ticket), filed: false }
  return next({ ...ticket, state }, line({ at: now, by: null, what: 'expired', whom: state.assignee }))
}

/** Its customer did not ask for help: the code is blocked, whoever has it. */
export function blockAsNotAsked(ticket: TicketHeader, now: Time): Changed {
  const state: TicketState = { kind: 'expired', at: now, why: 'not-asked', assignee: assigneeOf(ticket), filed: false }
  return next({ ...ticket, state }, line({ at: now, by: null, what: 'not-asked', whom: state.assignee }))
}

/** Back to the queue: the assignee may not see it any more. `by`: the admin who moved or deactivated somebody. */
export function giveBack(ticket: TicketHeader, { now, by }: { now: Time; by: TechnicianId }): Changed {
  const event = line({ at: now, by, what: 'unassigned', whom: assigneeOf(ticket) })
  return next({ ...ticket, state: unassigned }, event)
}

/** Back to the queue, by the server itself: the assignee did nothing for a customer who is there. */
export function returnAfterSilence(ticket: TicketHeader, now: Time): Changed {
  const event = line({ at: now, by: null, what: 'returned-after-silence', whom: assigneeOf(ticket) })
  return next({ ...ticket, state: unassigned }, event)
}

/** To somebody of the group, by the server itself. */
export function assignAutomatically(ticket: TicketHeader, whom: TechnicianId, now: Time): Changed {
  const seconds = ticket.seconds.filter((id) => id !== whom)
  const event = line({ at: now, by: null, what: 'assigned-automatically', whom })
  return next({ ...ticket, seconds, state: { kind: 'open', assignee: whom } }, event)
}

/** A second who may not see the ticket any more. */
export function leaveAsSecond(
  ticket: TicketHeader,
  technician: TechnicianId,
  { now, by }: { now: Time; by: TechnicianId },
): Changed {
  const seconds = ticket.seconds.filter((id) => id !== technician)
  return next({ ...ticket, seconds }, line({ at: now, by, what: 'second-left', whom: technician }))
}

const unassigned: Open = { kind: 'open', assignee: null }

type Line = {
  at: Time
  by: TechnicianId | null
  what: TicketEvent['what']
  whom?: TechnicianId | null
  group?: GroupId
}

function line({ whom = null, group, ...of }: Line): TicketEvent {
  return { ...of, whom, group: group ?? null }
}

function next(header: TicketHeader, event: TicketEvent, details?: SealedDetails): Changed {
  return { header: { ...header, version: header.version + 1 }, event, ...(details && { details }) }
}

function yes(header: TicketHeader, event: TicketEvent, details?: SealedDetails): Ruling<Changed> {
  return { ok: true, value: next(header, event, details) }
}

function no(code: RefusalCode, about = 'ticket'): { ok: false; refusal: { code: RefusalCode; about: string } } {
  return { ok: false, refusal: { code, about } }
}
