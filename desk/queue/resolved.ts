import { type ReadonlySignal, signal } from '@preact/signals'
import { type Refusal, RefusedError } from '../../protocol/errors.ts'
import type { GroupId, TicketId } from '../../protocol/ids.ts'
import type { OpenKeyring } from '../keys/keyring.ts'
import type { ResolvedAsk, ServerTickets } from '../server/server-tickets.ts'
import type { QueueEntry } from './entry.ts'
import { openDetails } from './row-details.ts'

/** The resolved tickets, the last resolved first, as far as they were asked for. */
export type Resolved = {
  readonly entries: ReadonlySignal<readonly QueueEntry[]>
  /** Whether the server has more of them; undefined until it has answered. */
  readonly more: ReadonlySignal<boolean | undefined>
  /** Why the last question was refused. */
  readonly refusal: ReadonlySignal<Refusal | undefined>
  /** The next page. Never rejects. */
  ask(): Promise<void>
  /** Opens the details of these, one after the other; what was opened once is not asked for again. */
  open(ids: readonly TicketId[]): Promise<void>
}

type Parts = {
  server: Pick<ServerTickets, 'list' | 'details'>
  /** Which of them. */
  chosen: ResolvedAsk
  keyringOf(group: GroupId): OpenKeyring | undefined
  signal: AbortSignal
}

export function openResolved({ server, chosen, keyringOf, signal: until }: Parts): Resolved {
  const entries = signal<readonly QueueEntry[]>([])
  const more = signal<boolean | undefined>(undefined)
  const refusal = signal<Refusal | undefined>(undefined)
  const tried = new Set<TicketId>()
  let cursor: string | undefined
  let opening: Promise<void> = Promise.resolve()

  async function ask() {
    refusal.value = undefined
    try {
      const page = await server.list('resolved', cursor, until, chosen)
      const read = page.tickets.map(({ ticket: header, presence, held }) => {
        return { header, presence, held, details: undefined, asked: false }
      })
      entries.value = [...entries.value, ...read]
      cursor = page.next ?? undefined
      more.value = cursor !== undefined
    } catch (error) {
      if (error instanceof RefusedError) refusal.value = error.refusal
      else if (!until.aborted) throw error
    }
  }

  async function openOne(id: TicketId) {
    const found = entries.peek().find(({ header }) => header.id === id)
    const keyring = found && keyringOf(found.header.group)
    if (!keyring || tried.has(id) || until.aborted) return
    tried.add(id)
    try {
      const { details: row } = await server.details(id, until)
      const details = row ? await openDetails(keyring, id, row) : undefined
      entries.value = entries.value.map((entry) => (entry.header.id === id ? { ...entry, details } : entry))
    } catch (error) {
      // Not reached: once more when it is in sight again. What does not open would not open again.
      if (error instanceof RefusedError) tried.delete(id)
    }
  }

  return {
    entries,
    more,
    refusal,
    ask,
    open(ids) {
      opening = opening.then(async () => {
        for (const id of ids) await openOne(id)
      })
      return opening
    },
  }
}
