import { type ReadonlySignal, signal } from '@preact/signals'
import type * as Y from 'yjs'
import type { TicketId } from '../../protocol/ids.ts'
import type { RoomName } from '../../protocol/rooms.ts'
import { batchSize } from './mailbox-plan.ts'
import { touchedTickets } from './touched.ts'

/** What of a room is not in its mailbox yet. `updates`: as Yjs counts them. `tickets`: those that they are about. */
export type Pending = { updates: number; tickets: ReadonlySet<TicketId> }

/** Updates that wait to be appended, the oldest first. */
export type Unsent = {
  readonly pending: ReadonlySignal<Pending>
  readonly empty: boolean
  /** @param deletions see `touchedTickets` */
  add(update: Uint8Array, deletions?: 'new' | 'all'): void
  readonly all: readonly Uint8Array[]
  /** The first ones, as many as go together; at least one where there is one. */
  batch(): Uint8Array[]
  /** So many of the first are in the mailbox. */
  sent(count: number): void
}

const NOTHING: Pending = { updates: 0, tickets: new Set() }

export function openUnsent(room: RoomName, document: Y.Doc): Unsent {
  const pending = signal(NOTHING)
  let updates: Uint8Array[] = []

  return {
    pending,
    get empty() {
      return updates.length === 0
    },
    get all() {
      return updates
    },
    add(update, deletions) {
      updates.push(update)
      const { tickets } = pending.peek()
      const touched = touchedTickets(room, document, update, deletions)
      const known = touched.every((ticket) => tickets.has(ticket))
      pending.value = { updates: updates.length, tickets: known ? tickets : new Set([...tickets, ...touched]) }
    },
    batch: () => updates.slice(0, batchSize(updates)),
    sent(count) {
      updates = updates.slice(count)
      pending.value = updates.length === 0 ? NOTHING : { ...pending.peek(), updates: updates.length }
    },
  }
}
