import type { Refusal } from '../../protocol/errors.ts'
import type { TechnicianId, TicketId, Time } from '../../protocol/ids.ts'
import type { Unattended } from '../../protocol/socket.ts'
import { assigneeOf, type TicketHeader } from '../../protocol/ticket.ts'
import { wentOffline } from '../people/online.ts'
import type { TechnicianPeer } from '../socket/peer.ts'
import { tellTechnician } from '../socket/send.ts'
import { announce, enliven, type Live, type LiveTicket } from './live.ts'
import { DOWN, linkLost } from './seat.ts'
import { tellAttendance } from './seating.ts'

/** One socket of the assignee takes care of a ticket's customer, and says whether the link is up. */

/** @returns `attended-elsewhere` when another window has it and `take` is false. */
export function attend(
  live: Live,
  peer: TechnicianPeer,
  stored: TicketHeader,
  take: boolean,
  now: Time,
): Refusal | undefined {
  const ticket = enliven(live, stored)
  const before = ticket.attendant
  if (before === peer) return undefined
  if (before && !take) return { code: 'attended-elsewhere', about: 'attend', ticket: ticket.id }
  if (before) {
    release(live, ticket, before, now)
    tellTechnician(before, { type: 'attended-elsewhere', ticket: ticket.id })
  }
  ticket.attendant = peer
  peer.attends.add(ticket.id)
  tellAttendance(ticket)
  announce(live, ticket, now)
  return undefined
}

/** The ticket, if this socket attends it. */
export function attended(live: Live, peer: TechnicianPeer, id: TicketId): LiveTicket | undefined {
  const ticket = live.tickets.get(id)
  return ticket?.attendant === peer ? ticket : undefined
}

/** @param why `socket`: only the socket is gone, and the two may talk on. */
export function unattend(
  live: Live,
  ticket: LiveTicket,
  peer: TechnicianPeer,
  why: Unattended['why'],
  now: Time,
): void {
  release(live, ticket, peer, now)
  tellAttendance(ticket, why)
  announce(live, ticket, now)
}

export function setLink(live: Live, ticket: LiveTicket, up: boolean, now: Time): void {
  if (up) {
    if (ticket.link.kind === 'down') ticket.link = { kind: 'up', since: now }
  } else {
    dropLink(live, ticket, now)
  }
  announce(live, ticket, now)
}

/** The technician did something for the customer who is there now. @returns when that one arrived, the first time that it is so */
export function noteAnswer(live: Live, ticket: LiveTicket, now: Time): Time | undefined {
  if (ticket.answered || ticket.seat.kind === 'free') return undefined
  const arrivedAt = ticket.waitNoted ? undefined : ticket.arrivedAt
  ticket.answered = true
  ticket.waitNoted = true
  // Where the link is not up that shows in nobody's presence.
  live.changedLines.add(ticket.header.group)
  announce(live, ticket, now)
  return arrivedAt
}

/**
 * The ticket is somebody else's by now: whoever attended it lets go, and the customer waits again. `before`: whose it was, who may
 * still be linked without a socket.
 */
export function releaseStranger(live: Live, ticket: LiveTicket, before: TechnicianId | null, now: Time): void {
  const { attendant } = ticket
  const assignee = assigneeOf(ticket.header)
  if (!attendant) {
    if (before !== assignee) tellAttendance(ticket, 'released')
    return
  }
  if (attendant.technician.id === assignee) return
  ticket.answered = false
  live.changedLines.add(ticket.header.group)
  unattend(live, ticket, attendant, 'released', now)
}

/** The technician's socket is gone. */
export function loseTechnician(live: Live, peer: TechnicianPeer, why: Unattended['why'], now: Time): void {
  wentOffline(live, peer)
  for (const id of [...peer.attends]) {
    const ticket = attended(live, peer, id)
    if (ticket) unattend(live, ticket, peer, why, now)
  }
}

function release(live: Live, ticket: LiveTicket, peer: TechnicianPeer, now: Time): void {
  ticket.attendant = undefined
  peer.attends.delete(ticket.id)
  dropLink(live, ticket, now)
}

function dropLink(live: Live, ticket: LiveTicket, now: Time): void {
  if (ticket.link.kind === 'up') ticket.seat = linkLost(ticket.seat, now + live.graceMs)
  ticket.link = DOWN
}
