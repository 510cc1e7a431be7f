import { type ReadonlySignal, signal } from '@preact/signals'
import type { Details } from '../../protocol/details.ts'
import type { TicketId } from '../../protocol/ids.ts'
import type { TicketHeader, TicketState } from '../../protocol/ticket.ts'
import { bulkPace } from './bulk-pace.ts'
import type { QueueEntry } from './entry.ts'
import type { Known } from './known.ts'

/** All tickets that the desk knows, in no order. A change makes one entry anew, and one copy of the list. */
export type EntryList = {
  readonly entries: ReadonlySignal<readonly QueueEntry[]>
  /** As the server said it; nothing of what was only asked for. */
  known(id: TicketId): Known | undefined
  ids(): Iterable<TicketId>
  /** Follows `entries`. */
  find(id: TicketId): QueueEntry | undefined
  put(id: TicketId, known: Known): void
  remove(id: TicketId): void
  /** Their details are others now. */
  renew(ids: Iterable<TicketId>): void
  /** Shows a state before the server has agreed; undefined takes it back. */
  ask(id: TicketId, state: TicketState | undefined): void
  /** Many changes that are seen as one. */
  together(changes: () => void): void
  /** Some of a great many changes. They are known at once, and seen once they make up half of the list, or `BULK_MS` later. */
  inBulk(changes: () => void): void
  /** There are no more for now: what was not seen yet is seen. */
  bulkOver(): void
}

export function openEntryList(detailsOf: (header: TicketHeader) => Details | undefined, until: AbortSignal): EntryList {
  const entries = signal<readonly QueueEntry[]>([])
  const places = new Map<TicketId, number>()
  const knowns = new Map<TicketId, Known>()
  const asked = new Map<TicketId, TicketState>()
  let draft: QueueEntry[] | undefined
  let depth = 0
  let bulk = false
  const unseen = new Set<TicketId>()
  const pace = bulkPace(seeAll, until)

  function together(changes: () => void) {
    depth += 1
    try {
      changes()
    } finally {
      depth -= 1
      if (depth === 0 && draft) {
        entries.value = draft
        draft = undefined
      }
    }
  }

  function editable(): QueueEntry[] {
    draft ??= entries.peek().slice()
    return draft
  }

  function seeAll() {
    const ids = [...unseen]
    unseen.clear()
    together(() => {
      for (const id of ids) show(id)
    })
  }

  function show(id: TicketId) {
    const known = knowns.get(id)
    if (!known) return
    if (bulk) return void unseen.add(id)
    const list = draft ?? entries.peek()
    const place = places.get(id) ?? list.length
    const next = entryOf(known, detailsOf(known.header), asked.get(id))
    const before = list[place]
    if (before && sameEntry(before, next)) return
    together(() => {
      editable()[place] = next
      places.set(id, place)
    })
  }

  return {
    entries,
    known: (id) => knowns.get(id),
    ids: () => knowns.keys(),
    find(id) {
      const list = entries.value
      const place = places.get(id)
      return place === undefined ? undefined : list[place]
    },
    put(id, known) {
      knowns.set(id, known)
      show(id)
    },
    remove(id) {
      const place = places.get(id)
      knowns.delete(id)
      asked.delete(id)
      if (place === undefined) return
      together(() => {
        const list = editable()
        const last = list.pop()
        places.delete(id)
        if (!last || last.header.id === id) return
        list[place] = last
        places.set(last.header.id, place)
      })
    },
    renew: (ids) =>
      together(() => {
        for (const id of ids) show(id)
      }),
    ask(id, state) {
      if (state) asked.set(id, state)
      else asked.delete(id)
      show(id)
    },
    together,
    inBulk(changes) {
      bulk = true
      try {
        changes()
      } finally {
        bulk = false
        pace.came(unseen.size, entries.peek().length)
      }
    },
    bulkOver() {
      if (unseen.size > 0) pace.now()
    },
  }
}

function entryOf(
  { header, presence, held }: Known,
  details: Details | undefined,
  asked: TicketState | undefined,
): QueueEntry {
  return {
    header: asked ? { ...header, state: asked } : header,
    presence,
    held,
    details,
    asked: asked !== undefined,
  }
}

function sameEntry(one: QueueEntry, other: QueueEntry): boolean {
  return (
    one.header === other.header &&
    one.presence === other.presence &&
    one.held === other.held &&
    one.details === other.details &&
    one.asked === other.asked
  )
}
