import { type ReadonlySignal, signal } from '@preact/signals'
import * as v from 'valibot'
import { IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'
import { Details } from '../protocol/details.ts'
import { type TechnicianId, TicketId } from '../protocol/ids.ts'

/** The details of the open tickets: a Y.Map of plain JSON values, which loads fastest and stays smallest. */
export type QueueDocument = {
  readonly details: ReadonlySignal<ReadonlyMap<TicketId, Details>>
  /** Once what this browser keeps is read. */
  readonly loaded: Promise<void>
  write(id: TicketId, details: Details): void
  remove(id: TicketId): void
}

/** Opens the document of one technician; what does not fit the schema is not shown, and not touched. */
export function openQueueDocument(technician: TechnicianId, until: AbortSignal): QueueDocument {
  const document = new Y.Doc()
  const tickets = document.getMap<unknown>('tickets')
  const kept = new IndexeddbPersistence(`queue:${technician}`, document)
  const details = signal(readDetails(tickets))
  tickets.observe(() => {
    details.value = readDetails(tickets)
  })
  until.addEventListener('abort', () => kept.destroy().then(() => document.destroy()), { once: true })

  return {
    details,
    loaded: kept.whenSynced.then(() => {}),
    write: (id, value) => tickets.set(id, value),
    remove: (id) => tickets.delete(id),
  }
}

/** The valid entries of a `tickets` map. */
export function readDetails(tickets: Y.Map<unknown>): ReadonlyMap<TicketId, Details> {
  const read = new Map<TicketId, Details>()
  for (const [key, value] of tickets) {
    const id = v.safeParse(TicketId, key)
    const details = v.safeParse(Details, value)
    if (id.success && details.success) read.set(id.output, details.output)
  }
  return read
}
