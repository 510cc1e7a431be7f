import { type ReadonlySignal, signal } from '@preact/signals'
import type { Details } from '../../protocol/details.ts'
import { type Refusal, RefusedError } from '../../protocol/errors.ts'
import type { OverState, SealedDetails, TicketsReply } from '../../protocol/http.ts'
import type { GroupId, TicketId } from '../../protocol/ids.ts'
import { MAX_DETAILS_ASKED } from '../../protocol/limits.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import type { OpenKeyring } from '../keys/keyring.ts'
import { everyPage } from '../log/log-pages.ts'
import type { ResolvedAsk, ServerTickets } from '../server/server-tickets.ts'
import type { QueueEntry } from './entry.ts'
import { openDetails } from './row-details.ts'

/** The tickets that are over, in the order that was asked for, as far as they were asked for. */
export type Resolved = {
  readonly entries: ReadonlySignal<readonly QueueEntry[]>
  /** Whether the server has more of them; undefined until it has answered. */
  readonly more: ReadonlySignal<boolean | undefined>
  /** Why the last question was refused. */
  readonly refusal: ReadonlySignal<Refusal | undefined>
  /** The next page. Never rejects. */
  ask(): Promise<void>
  /** Opens the details of these; what was opened once is not asked for again. */
  open(ids: readonly TicketId[]): Promise<void>
  /** Asks for all of them, page by page, and opens each, since the server cannot read them. @throws RefusedError, or the signal's reason */
  openAll(onProgress: (opened: number) => void, signal: AbortSignal): Promise<void>
  /** These were deleted. */
  forget(ids: ReadonlySet<TicketId>): void
}

type Parts = {
  server: Pick<ServerTickets, 'list' | 'manyDetails'>
  /** Which of them. */
  state: OverState
  chosen: ResolvedAsk
  keyringOf(group: GroupId): OpenKeyring | undefined
  /** What the queue has of one that expired: its details may not rest with the server yet. */
  inQueue(header: TicketHeader): Details | undefined
  signal: AbortSignal
}

export function openResolved({ server, state, chosen, keyringOf, inQueue, signal: until }: Parts): Resolved {
  const entries = signal<readonly QueueEntry[]>([])
  const more = signal<boolean | undefined>(undefined)
  const refusal = signal<Refusal | undefined>(undefined)
  const tried = new Set<TicketId>()
  const underWay = new Map<TicketId, Promise<void>>()
  let cursor: string | undefined
  let opening: Promise<void> = Promise.resolve()

  function add({ tickets, next }: TicketsReply) {
    const known = new Set(entries.peek().map(({ header }) => header.id))
    const read = tickets.flatMap(({ ticket: header, presence, held }) =>
      known.has(header.id)
        ? []
        : [
            {
              header,
              presence,
              held,
              details: header.state.kind === 'expired' ? inQueue(header) : undefined,
              asked: false,
            },
          ],
    )
    entries.value = [...entries.peek(), ...read]
    cursor = next ?? undefined
    more.value = cursor !== undefined
  }

  async function ask() {
    refusal.value = undefined
    try {
      // A page may be empty before the end.
      do {
        const before = entries.peek().length
        add(await server.list(state, cursor, until, chosen))
        if (entries.peek().length > before) return
      } while (cursor !== undefined)
    } catch (error) {
      if (error instanceof RefusedError) refusal.value = error.refusal
      else if (!until.aborted) throw error
    }
  }

  async function openSome(ids: readonly TicketId[], signal: AbortSignal) {
    // What another asks for just now may still fail there.
    await Promise.allSettled(ids.flatMap((id) => underWay.get(id) ?? []))
    const wanted = new Map(
      entries.peek().flatMap((entry) => {
        const { id, group } = entry.header
        const keyring = tried.has(id) || entry.details ? undefined : keyringOf(group)
        return keyring ? [[id, keyring] as const] : []
      }),
    )
    const asked = ids.filter((id) => wanted.has(id))
    if (asked.length === 0 || signal.aborted) return
    const opening = openAsked(asked, wanted, signal)
    for (const id of asked) underWay.set(id, opening)
    await opening.finally(() => {
      for (const id of asked) underWay.delete(id)
    })
  }

  async function openAsked(asked: TicketId[], wanted: ReadonlyMap<TicketId, OpenKeyring>, signal: AbortSignal) {
    for (const id of asked) tried.add(id)
    try {
      const { found } = await server.manyDetails({ tickets: asked }, signal)
      const opened = new Map<TicketId, QueueEntry['details']>()
      for (const { ticket, details } of found) opened.set(ticket, await openOne(wanted.get(ticket), ticket, details))
      entries.value = entries.peek().map((entry) => {
        const details = opened.get(entry.header.id)
        return details ? { ...entry, details } : entry
      })
    } catch (error) {
      // Not reached: once more when they are in sight again.
      for (const id of asked) tried.delete(id)
      throw error
    }
  }

  function ifRefusedOrOver(error: unknown) {
    if (!until.aborted && !(error instanceof RefusedError)) throw error
  }

  return {
    entries,
    more,
    refusal,
    ask,
    open(ids) {
      opening = opening.then(async () => {
        for (const some of inParts(ids)) await openSome(some, until).catch(ifRefusedOrOver)
      })
      return opening
    },
    async openAll(onProgress, life) {
      const alive = AbortSignal.any([until, life])
      let opened = 0
      const openNew = async () => {
        const unopened = entries.peek().slice(opened)
        for (const some of inParts(unopened.map(({ header }) => header.id))) {
          await openSome(some, alive)
          alive.throwIfAborted()
          opened += some.length
          onProgress(opened)
        }
      }
      await openNew()
      const page = async (at: string | undefined) => {
        const reply = await server.list(state, at, alive, chosen)
        add(reply)
        return { rows: reply.tickets, next: reply.next }
      }
      if (more.peek() === false) return
      for await (const _ of everyPage((at) => page(at ?? cursor), alive)) await openNew()
    },
    forget(ids) {
      entries.value = entries.peek().filter(({ header }) => !ids.has(header.id))
    },
  }
}

/** What does not open would not open again. */
async function openOne(keyring: OpenKeyring | undefined, ticket: TicketId, sealed: SealedDetails) {
  return keyring && (await openDetails(keyring, ticket, sealed).catch(() => undefined))
}

function* inParts(ids: readonly TicketId[]) {
  for (let at = 0; at < ids.length; at += MAX_DETAILS_ASKED) yield ids.slice(at, at + MAX_DETAILS_ASKED)
}
