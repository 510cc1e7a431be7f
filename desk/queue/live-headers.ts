import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { RefusedError } from '../../protocol/errors.ts'
import type { GroupId, TechnicianId, TicketId } from '../../protocol/ids.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import type { ServerTickets } from '../server/server-tickets.ts'
import type { Wire } from '../server/wire.ts'
import type { EntryList } from './entry-list.ts'
import { openHeadersCache } from './headers-cache.ts'
import { hearHeld, hearListed, hearPresence, hearTicket, leftTheQueue } from './known.ts'
import { openLeftView } from './left-view.ts'

export type LiveHeaders = {
  /** True once the server, or this browser's copy, has said what there is. */
  readonly known: ReadonlySignal<boolean>
  /** True once the server has said all of it. */
  readonly complete: ReadonlySignal<boolean>
  /** An answer of the server to this desk. */
  hear(header: TicketHeader): void
  /** It went where this desk does not see it. */
  leave(id: TicketId): void
}

type Parts = {
  server: Pick<ServerTickets, 'list'>
  wire: Pick<Wire, 'connection' | 'onMessage'>
  /** Whose tickets one may see, as the server said last; undefined before it did. */
  groups: ReadonlySignal<readonly GroupId[] | undefined>
  list: EntryList
  me: TechnicianId
  signal: AbortSignal
}

/** What changes within this time is kept on the disk at once, in ms. */
const KEEP_MS = 1000
const RETRY_MS = 5000

/** Keeps the list true: this browser's copy first, then the server's pages, and live events between. */
export function followHeaders({ server, wire, groups, list, me, signal: until }: Parts): LiveHeaders {
  const known = signal(false)
  const complete = signal(false)
  const cache = openHeadersCache(me, until)
  const left = openLeftView()
  let seen = 0
  /** What `seen` was when the server was reached last. */
  let reachedAt = 0
  let asking = false
  let askAgain = false

  const loaded = cache
    .read()
    .catch(() => [])
    .then((headers) => {
      list.together(() => {
        for (const header of headers) list.put(header.id, hearTicket(list.known(header.id), header, 0, reachedAt))
      })
      if (headers.length > 0) known.value = true
    })

  function hear(header: TicketHeader) {
    // What was answered before it left.
    if (list.known(header.id) || !left.has(header.id)) put(header)
  }

  function put(header: TicketHeader) {
    seen += 1
    left.back(header.id)
    // What is resolved is of interest only to who had it in view; a list that is on its way may still have it.
    if (header.state.kind === 'resolved' && !list.known(header.id)) return left.leave(header.id, seen)
    list.put(header.id, hearTicket(list.known(header.id), header, seen, reachedAt))
  }

  function leave(id: TicketId) {
    seen += 1
    left.leave(id, seen)
    list.remove(id)
  }

  wire.onMessage((message) => {
    if (message.type === 'ticket') return put(message.ticket)
    if (message.type !== 'presence' && message.type !== 'held-count' && message.type !== 'ticket-gone') {
      // Somebody's groups changed, perhaps one's own: what one may see did, too.
      if (message.type === 'people') void ask()
      return
    }
    if (message.type === 'ticket-gone') return leave(message.ticket)
    seen += 1
    const before = list.known(message.ticket)
    if (!before) return
    const next =
      message.type === 'presence' ? hearPresence(before, message.presence, seen) : hearHeld(before, message.held, seen)
    list.put(message.ticket, next)
  }, until)

  async function ask() {
    askAgain = true
    if (asking) return
    asking = true
    await loaded
    try {
      while (askAgain && !until.aborted) {
        askAgain = false
        await askOnce().catch(later)
      }
    } finally {
      asking = false
    }
  }

  async function askOnce() {
    const askedAt = seen
    const listed = new Set<TicketId>()
    let cursor: string | undefined
    try {
      do {
        const page = await server.list('open', cursor, until)
        list.inBulk(() => {
          for (const line of page.tickets) {
            if (left.since(line.ticket.id, askedAt)) continue
            listed.add(line.ticket.id)
            list.put(line.ticket.id, hearListed(list.known(line.ticket.id), line, askedAt))
          }
        })
        known.value = true
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
    } finally {
      list.bulkOver()
    }
    list.together(() => {
      for (const id of [...list.ids()]) {
        const before = list.known(id)
        if (before && !listed.has(id) && leftTheQueue(before, askedAt)) list.remove(id)
      }
    })
    left.settle(askedAt)
    complete.value = true
    keep()
  }

  function later(error: unknown) {
    if (until.aborted) return
    if (!(error instanceof RefusedError)) throw error
    const { code, retryAfterMs = RETRY_MS } = error.refusal
    if (code === 'unavailable' || code === 'too-many') setTimeout(askIfOpen, retryAfterMs)
  }

  function askIfOpen() {
    if (!until.aborted && wire.connection.peek().kind === 'open') void ask()
  }

  const inSight = computed(() => groups.value?.toSorted().join())
  const stopReaching = effect(() => {
    if (wire.connection.value.kind === 'open') reachedAt = seen++
  })
  // The groups come first, so that any change of them since the list was asked for is seen.
  const stopAsking = effect(() => {
    if (wire.connection.value.kind === 'open' && inSight.value !== undefined) void ask()
  })
  let keeping: ReturnType<typeof setTimeout> | undefined
  const stopKeeping = list.entries.subscribe(() => {
    if (known.peek()) keeping ??= setTimeout(keep, KEEP_MS)
  })
  function keep() {
    clearTimeout(keeping)
    keeping = undefined
    // The first list is kept at its end, and not all of it after each page.
    if ((asking && !complete.peek()) || !known.peek()) return
    const headers = [...list.ids()].flatMap((id) => list.known(id)?.header ?? [])
    if (!until.aborted) cache.keep(headers).catch(() => {})
  }
  until.addEventListener('abort', () => {
    stopReaching()
    stopAsking()
    stopKeeping()
    clearTimeout(keeping)
  })

  return { known, complete, hear, leave }
}
