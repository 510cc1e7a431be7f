import { randomId } from '../../peer/random-id.ts'
import { type RefusalCode, RefusedError } from '../../protocol/errors.ts'
import type { TicketChange } from '../../protocol/http.ts'
import type { GroupId } from '../../protocol/ids.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import type { ServerTickets } from '../server/server-tickets.ts'
import { afterConflict } from './after-conflict.ts'

/** What became of a change. `overtaken`: somebody decided otherwise before; the ticket is as they made it. */
export type Changed = { kind: 'done' | 'overtaken'; ticket: TicketHeader }

/** So many lost races, each against another change, are followed before the refusal is passed on. */
const ROUNDS = 5

/**
 * Asks the server for a change of the ticket as it was seen; where somebody else's change came before and does not matter to this
 * one, asks again. A request whose answer was lost is repeated with the same key, so that it counts once.
 * @throws RefusedError
 */
export async function changeTicket(
  server: Pick<ServerTickets, 'change' | 'read'>,
  seen: TicketHeader,
  change: TicketChange,
  signal: AbortSignal,
): Promise<Changed> {
  let now = seen
  for (let round = 1; ; round++) {
    const key = randomId()
    const ask = () => server.change(seen.id, { version: now.version, key, change }, signal)
    try {
      const { ticket } = await ask().catch((error: unknown) => {
        if (!isRefused(error, 'unavailable')) throw error
        return ask().catch((second: unknown) => {
          // It went to where one does not see it: the first request was carried out, only its answer was lost.
          if (change.kind === 'move' && isRefused(second, 'not-found')) return { ticket: movedTo(now, change.group) }
          throw second
        })
      })
      return { kind: 'done', ticket }
    } catch (error) {
      if (!isRefused(error, 'conflict') || round === ROUNDS) throw error
    }
    now = (await server.read(seen.id, signal)).ticket
    const next = afterConflict(change, seen, now)
    if (next !== 'again') return { kind: next, ticket: now }
  }
}

function isRefused(error: unknown, code: RefusalCode): boolean {
  return error instanceof RefusedError && error.refusal.code === code
}

function movedTo(ticket: TicketHeader, group: GroupId): TicketHeader {
  return { ...ticket, group, seconds: [], state: { kind: 'open', assignee: null }, version: ticket.version + 1 }
}
