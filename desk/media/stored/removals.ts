import { del, entries, set } from 'idb-keyval'
import * as v from 'valibot'
import { RefusedError } from '../../../protocol/errors.ts'
import { type TechnicianId, TicketId } from '../../../protocol/ids.ts'
import { MediaId } from '../../../protocol/media.ts'
import type { ServerMedia } from '../../server/server-media.ts'
import type { Wire } from '../../server/wire.ts'
import { lazyStore } from '../../storage/lazy-store.ts'

/** What was deleted here is deleted at the server as well, also where it cannot be reached just then. */
export type Removals = {
  remove(ticket: TicketId, id: MediaId): void
}

type Parts = {
  server: Pick<ServerMedia, 'remove'>
  wire: Pick<Wire, 'connection'>
  me: TechnicianId
  signal: AbortSignal
}

const Waiting = v.object({ technician: v.string(), ticket: TicketId, id: MediaId })

export function openRemovals({ server, wire, me, signal: until }: Parts): Removals {
  const store = lazyStore('deskside-media-removals', 'removals')

  async function attempt(ticket: TicketId, id: MediaId) {
    const over = await server.remove(ticket, id, until).then(
      () => true,
      (error: unknown) => error instanceof RefusedError && error.refusal.code === 'not-found',
    )
    if (over) await del(id, store())
  }

  async function attemptAll() {
    for (const [, value] of await entries(store())) {
      const read = v.safeParse(Waiting, value)
      if (read.success && read.output.technician === me) await attempt(read.output.ticket, read.output.id)
    }
  }

  const stop = wire.connection.subscribe(({ kind }) => {
    if (kind === 'open') void attemptAll().catch(() => {})
  })
  until.addEventListener('abort', stop, { once: true })

  return {
    remove(ticket, id) {
      const waiting: v.InferOutput<typeof Waiting> = { technician: me, ticket, id }
      // Where the disk keeps nothing it is tried this once.
      void set(id, waiting, store())
        .catch(() => {})
        .then(() => attempt(ticket, id))
        .catch(() => {})
    },
  }
}
