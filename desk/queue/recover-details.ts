import { effect, type ReadonlySignal, untracked } from '@preact/signals'
import { RefusedError } from '../../protocol/errors.ts'
import type { GroupId, TicketId } from '../../protocol/ids.ts'
import type { OpenKeyring } from '../keys/keyring.ts'
import type { ServerTickets } from '../server/server-tickets.ts'
import type { DetailsStore } from './details-store.ts'
import type { QueueEntry } from './entry.ts'
import { openDetails } from './row-details.ts'

type Parts = {
  server: Pick<ServerTickets, 'details'>
  entries: ReadonlySignal<readonly QueueEntry[]>
  details: DetailsStore
  /** Followed as a signal. */
  keyringOf(group: GroupId): OpenKeyring | undefined
  signal: AbortSignal
}

/** Only what was reopened or moved has details on the server's row; of what was just created they are on their way. */
export function mayRestOnRow({ header, details }: QueueEntry): boolean {
  return header.state.kind === 'open' && details === undefined && header.version > 1
}

/**
 * Brings the details of a ticket that came back, or came from another group, into the queue again: whoever sees it without them
 * does it, and two who do it at once write the same.
 */
export function recoverDetails({ server, entries, details, keyringOf, signal: until }: Parts): void {
  /** The version for which it was tried: a later one may have brought others. */
  const tried = new Map<TicketId, number>()

  const stop = effect(() => {
    for (const entry of entries.value) {
      const { id, group, version } = entry.header
      if (entry.asked || tried.get(id) === version || !mayRestOnRow(entry) || !details.synced(group)) continue
      const keyring = keyringOf(group)
      if (!keyring) continue
      tried.set(id, version)
      untracked(() => void recover(entry, keyring))
    }
  })
  until.addEventListener('abort', stop, { once: true })

  async function recover({ header: { id, group } }: QueueEntry, keyring: OpenKeyring) {
    try {
      const { details: row } = await server.details(id, until)
      if (!row) return
      const opened = await openDetails(keyring, id, row)
      if (!until.aborted && !details.of({ id, group })) details.write(group, id, opened)
    } catch (error) {
      // Not reached: once more when something of the queue changes. What does not open would not open again.
      if (error instanceof RefusedError) tried.delete(id)
    }
  }
}
