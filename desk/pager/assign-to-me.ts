import { randomId } from '../../peer/random-id.ts'
import { RefusedError } from '../../protocol/errors.ts'
import type { TechnicianId, TicketId } from '../../protocol/ids.ts'
import { assigneeOf, type TicketHeader } from '../../protocol/ticket.ts'
import type { ServerClient } from '../server/server.ts'
import { serverPeople } from '../server/server-people.ts'
import type { Outcome } from './notices.ts'
import { changeTicket, readTicket } from './ticket-routes.ts'

type Parts = { server: ServerClient; me: TechnicianId; signal: AbortSignal }

/** Other changes may come in between; more than this is no coincidence. */
const TRIES = 5

/**
 * Takes a ticket that nobody has: exactly one of those who press at the same time gets it, and the others learn who. Nothing is
 * taken away from anybody. Never rejects.
 */
export async function assignToMe(id: TicketId, { server, me, signal }: Parts): Promise<Outcome> {
  const key = randomId()
  try {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const { ticket } = await readTicket(server, id, signal)
      if (ticket.state.kind !== 'open') return { kind: 'ended' }
      const { assignee } = ticket.state
      if (assignee === me) return { kind: 'mine' }
      if (assignee !== null) return { kind: 'taken', by: await nameOf(server, assignee, signal) }
      if (await take(ticket)) return { kind: 'mine' }
    }
  } catch (error) {
    // Who moved it to a group of others decided so.
    if (error instanceof RefusedError && error.refusal.code === 'not-found') return { kind: 'ended' }
  }
  return { kind: 'failed' }

  /** @returns false where somebody changed the ticket first, or since. */
  async function take({ version }: TicketHeader): Promise<boolean> {
    try {
      const change = { kind: 'assign', assignee: me } as const
      const { ticket } = await changeTicket(server, id, { version, key, change }, signal)
      return assigneeOf(ticket) === me
    } catch (error) {
      if (error instanceof RefusedError && error.refusal.code === 'conflict') return false
      throw error
    }
  }
}

async function nameOf(server: ServerClient, id: TechnicianId, signal: AbortSignal): Promise<string | null> {
  const people = await serverPeople(server)
    .people(signal)
    .catch(() => undefined)
  return people?.technicians.find((technician) => technician.id === id)?.name ?? null
}
