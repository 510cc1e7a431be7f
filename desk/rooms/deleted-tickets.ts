import type { TicketId } from '../../protocol/ids.ts'
import { MAX_GONE_ASKED } from '../../protocol/limits.ts'
import { readRoom } from '../../protocol/rooms.ts'
import type { ServerTickets } from '../server/server-tickets.ts'
import type { Wire } from '../server/wire.ts'
import type { Rooms } from './rooms.ts'

type Parts = {
  rooms: Pick<Rooms, 'held' | 'remove'>
  /** Tickets of which this browser has anything else: images, films, details in a queue. */
  others(): Promise<readonly TicketId[]>
  server: Pick<ServerTickets, 'gone'>
  wire: Pick<Wire, 'connection' | 'onMessage'>
  /** Hears of which ticket nothing may be kept any more. */
  onDeleted(ticket: TicketId): void
  signal: AbortSignal
}

/** So long those that go are gathered, and so long after a refusal they are asked about again, in ms. */
const GATHER_MS = 1_000
const AGAIN_MS = 30_000

/**
 * Takes off this browser's disk what it has of tickets that were deleted: each time that the server is reached, and when one goes. The
 * server names those that it deleted; one that it does not know, since it was put back to an older state, stays.
 */
export function followDeletedTickets({ rooms, others, server, wire, onDeleted, signal: until }: Parts): void {
  /** Heard of, or refused, and not asked yet. */
  const waiting = new Set<TicketId>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let checking = Promise.resolve()

  const stop = wire.connection.subscribe(({ kind }) => {
    if (kind === 'open') queue(gather)
  })
  wire.onMessage((message) => {
    if (message.type !== 'ticket-gone') return
    waiting.add(message.ticket)
    soon(GATHER_MS)
  }, until)
  until.addEventListener('abort', () => {
    stop()
    clearTimeout(timer)
  })

  /** Many go at once: they are asked about together. */
  function soon(ms: number) {
    timer ??= setTimeout(() => {
      timer = undefined
      queue(ask)
    }, ms)
  }

  function queue(work: () => Promise<void>) {
    checking = checking.then(async () => {
      if (until.aborted) return
      await work().catch(() => until.aborted || soon(AGAIN_MS))
    })
  }

  async function gather() {
    for (const { room } of await rooms.held.all()) {
      const read = readRoom(room)
      if (read.kind !== 'queue') waiting.add(read.ticket)
    }
    for (const ticket of await others()) waiting.add(ticket)
    await ask()
  }

  async function ask() {
    while (waiting.size > 0) {
      const tickets = [...waiting].slice(0, MAX_GONE_ASKED)
      const { gone } = await server.gone({ tickets }, until)
      await remove(new Set(gone))
      for (const ticket of tickets) waiting.delete(ticket)
    }
  }

  /** The rooms last: by them the rest is found again, where this stops half-way. */
  async function remove(gone: ReadonlySet<TicketId>) {
    for (const ticket of gone) onDeleted(ticket)
    if (gone.size === 0) return
    for (const { room } of await rooms.held.all()) {
      const read = readRoom(room)
      if (read.kind !== 'queue' && gone.has(read.ticket)) await rooms.remove(room)
    }
  }
}
