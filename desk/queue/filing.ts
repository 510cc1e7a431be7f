import { effect, type ReadonlySignal, untracked } from '@preact/signals'
import { RefusedError } from '../../protocol/errors.ts'
import type { GroupId, TicketId } from '../../protocol/ids.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import type { OpenKeyring } from '../keys/keyring.ts'
import type { ServerTickets } from '../server/server-tickets.ts'
import type { DetailsStore } from './details-store.ts'
import type { QueueEntry } from './entry.ts'
import { sealDetails } from './row-details.ts'

export type Filing = {
  /**
   * The details of a ticket that expired rest on its row afterwards, as far as they are here. @throws RefusedError
   */
  file(header: TicketHeader): Promise<void>
}

type Parts = {
  server: Pick<ServerTickets, 'read' | 'details' | 'file'>
  entries: ReadonlySignal<readonly QueueEntry[]>
  /** Once the whole list is known: what is not in it is not in the queue. Followed as a signal. */
  complete: ReadonlySignal<boolean>
  details: DetailsStore
  groups(): Iterable<GroupId>
  /** Followed as a signal. */
  keyringOf(group: GroupId): OpenKeyring | undefined
  /** All desks of a group would do it at once: each waits for another one first, so long at most, in ms. */
  withinMs?: number
  signal: AbortSignal
}

/**
 * Brings the details of tickets that expired to their rows, where they are found when the queue has them no longer, and takes those out of
 * the queue's document that are over for longer than it shows them.
 */
export function openFiling(parts: Parts): Filing {
  const { server, entries, complete, details, groups, keyringOf, withinMs = 8_000, signal: until } = parts
  const tried = new Set<TicketId>()
  const timers = new Set<ReturnType<typeof setTimeout>>()

  const stop = effect(() => {
    for (const { header, details: written } of entries.value) {
      if (!isUnfiled(header) || !written || tried.has(header.id) || !keyringOf(header.group)) continue
      tried.add(header.id)
      untracked(() => soon(() => fileLate(header.id)))
    }
  })
  const stopStrays = effect(() => {
    if (!complete.value) return
    // A change of one ticket is no reason to look through all of them.
    const listed = new Set(entries.peek().map(({ header }) => header.id))
    for (const group of groups()) {
      if (!keyringOf(group) || !details.synced(group)) continue
      for (const id of details.ids(group)) {
        if (listed.has(id) || tried.has(id)) continue
        tried.add(id)
        untracked(() => soon(() => clearAway(group, id)))
      }
    }
  })
  until.addEventListener('abort', () => {
    stop()
    stopStrays()
    for (const timer of timers) clearTimeout(timer)
  })

  function soon(work: () => Promise<void>) {
    const timer = setTimeout(() => {
      timers.delete(timer)
      // Not reached, or not let: another desk does it, or this one when it is opened anew.
      void work().catch((error: unknown) => {
        if (!(error instanceof RefusedError) && !until.aborted) throw error
      })
    }, Math.random() * withinMs)
    timers.add(timer)
  }

  async function fileLate(id: TicketId) {
    const header = entries.peek().find((entry) => entry.header.id === id)?.header
    if (header && isUnfiled(header)) await file(header)
  }

  async function file(header: TicketHeader) {
    const { id, group } = header
    const written = details.of(header)
    const keyring = untracked(() => keyringOf(group))
    if (!isUnfiled(header) || !written || !keyring) return
    await server.file(id, { sealed: await sealDetails(keyring, id, written) }, until)
  }

  /** In the document, and not in the queue: it stays there until what it says rests on the row. */
  async function clearAway(group: GroupId, id: TicketId) {
    const isListed = () => entries.peek().some(({ header }) => header.id === id)
    if (isListed() || !details.of({ id, group })) return
    const { ticket } = await server.read(id, until)
    if (ticket.group !== group || ticket.state.kind === 'open' || isListed()) return
    await file(ticket)
    const { details: row } = await server.details(id, until)
    if (row && !until.aborted) details.remove(group, id)
  }

  return { file }
}

const isUnfiled = ({ state }: TicketHeader) => state.kind === 'expired' && !state.filed
