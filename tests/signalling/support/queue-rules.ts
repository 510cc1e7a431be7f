import * as v from 'valibot'
import { expect, vi } from 'vitest'
import { TicketEventsReply, TicketReply } from '../../../protocol/http.ts'
import type { TechnicianId, TicketId } from '../../../protocol/ids.ts'
import type { GroupSettings } from '../../../protocol/people.ts'
import type { TicketHeader } from '../../../protocol/ticket.ts'
import { greet } from './client.ts'
import { createTicket, firstGroup, join, type Running, type serveReady } from './server.ts'

export type Ready = Awaited<ReturnType<typeof serveReady>>

/** The server looks after its tickets at once, and gives desks no time to come back. */
export const AT_ONCE = { silenceWatchMs: 15, silenceSettleMs: 0 }

/** How the first group's queue runs by itself. */
export async function setFirstGroup(server: Ready, settings: GroupSettings): Promise<void> {
  const group = await firstGroup(server, server.token)
  expect((await server.ask(`/api/groups/${group}/settings`, settings, server.token)).status).toBe(200)
}

/** An admin who is in no group sees the tickets still. */
export async function leaveFirstGroup(server: Ready, id: TechnicianId): Promise<void> {
  const move = { technicians: [id], add: [], remove: [await firstGroup(server, server.token)] }
  expect((await server.ask('/api/technicians/groups', move, server.token)).status).toBe(200)
}

/** A customer on a ticket of the first group that nobody has. */
export async function arrive(server: Ready, ticket?: TicketHeader) {
  const found = ticket ?? (await createTicket(server, server.token, null))
  const joined = await join(server, found.lookup)
  const customer = await greet(server, 'customer', joined.token)
  return { ticket: found, customer, joined }
}

export async function read(server: Ready, id: TicketId): Promise<TicketHeader> {
  return v.parse(TicketReply, (await server.ask(`/api/tickets/${id}`, undefined, server.token)).body).ticket
}

/** What the timeline says since the ticket was made, with whom it was about. */
export async function timeline(server: Ready, id: TicketId) {
  const { body } = await server.ask(`/api/tickets/${id}/events`, undefined, server.token)
  return v.parse(TicketEventsReply, body).events.slice(1)
}

/** How many customers are written down as waiting for somebody. */
export async function countWaits({ rows }: Pick<Running, 'rows'>): Promise<number> {
  const [row] = await rows('select count(*) as count from joins where unanswered_since is not null')
  return Number(row?.count)
}

/** As if all that is written down were so for hours; waits until so many waits are. */
export async function hoursPass(server: Running, waits: number): Promise<void> {
  await vi.waitFor(async () => expect(await countWaits(server)).toBe(waits), { timeout: 5000, interval: 10 })
  await server.sql(
    'update joins set unanswered_since = 1 where unanswered_since is not null; update tickets set assigned_at = 1',
  )
}
