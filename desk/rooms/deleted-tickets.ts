import type { TicketId } from '../../protocol/ids.ts'
import { MAX_GONE_ASKED } from '../../protocol/limits.ts'
import { readRoom } from '../../protocol/rooms.ts'
import type { ServerTickets } from '../server/server-tickets.ts'
import type { Wire } from '../server/wire.ts'
import type { Rooms } from './rooms.ts'

type Parts = {
  rooms: Pick<Rooms, 'held' | 'remove'>
  /** Tickets of which this browser has pictures or films. */
  withMedia(): Promise<readonly TicketId[]>
  server: Pick<ServerTickets, 'gone'>
  wire: Pick<Wire, 'connection' | 'onMessage'>
  /** Hears of which ticket nothing may be kept any more. */
  onDeleted(ticket: TicketId): void
  signal: AbortSignal
}

/**
 * Takes off this browser's disk what it has of tickets that were deleted: each time that the server is reached, and when one goes. The
 * server names those that it deleted; one that it does not know, since it was put back to an older state, stays.
 */
export function followDeletedTickets(parts: Parts): void {
  const { rooms, withMedia, server, wire, onDeleted, signal: until } = parts
  let checking = Promise.resolve()

  const stop = wire.connection.subscribe(({ kind }) => {
    if (kind === 'open') queue(checkAll)
  })
  wire.onMessage((message) => {
    if (message.type === 'ticket-gone') queue(() => check([message.ticket]))
  }, until)
  until.addEventListener('abort', stop)

  /** One after the other; what fails is asked again when the server is reached next. */
  function queue(work: () => Promise<void>) {
    checking = checking.then(() => (until.aborted ? undefined : work().catch(() => {})))
  }

  async function checkAll() {
    const held = (await rooms.held.all()).flatMap(({ room }) => {
      const read = readRoom(room)
      return read.kind === 'queue' ? [] : [read.ticket]
    })
    const all = [...new Set([...held, ...(await withMedia())])]
    for (let from = 0; from < all.length; from += MAX_GONE_ASKED) await check(all.slice(from, from + MAX_GONE_ASKED))
  }

  async function check(tickets: readonly TicketId[]) {
    if (tickets.length === 0) return
    const gone = new Set((await server.gone({ tickets: [...tickets] }, until)).gone)
    if (gone.size === 0) return
    for (const { room } of await rooms.held.all()) {
      const read = readRoom(room)
      if (read.kind !== 'queue' && gone.has(read.ticket)) await rooms.remove(room)
    }
    for (const ticket of gone) onDeleted(ticket)
  }
}
