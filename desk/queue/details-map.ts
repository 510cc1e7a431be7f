import * as v from 'valibot'
import type * as Y from 'yjs'
import { Details } from '../../protocol/details.ts'
import { TicketId } from '../../protocol/ids.ts'

/** The details in a queue document, read one at a time: a document of thousands is not decoded anew at each edit. */
export type DetailsMap = {
  /** What does not fit the schema is not shown, and not touched. */
  get(id: TicketId): Details | undefined
  ids(): TicketId[]
  write(id: TicketId, details: Details): void
  remove(id: TicketId): void
}

/** @param changed hears which tickets' details changed, in this browser or in another, until the document is destroyed */
export function openDetailsMap(document: Y.Doc, changed: (ids: TicketId[]) => void): DetailsMap {
  const tickets = document.getMap<unknown>('tickets')
  tickets.observe(({ keysChanged }) => changed([...keysChanged].flatMap(readId)))
  return {
    get: (id) => readDetails(tickets.get(id)),
    ids: () => [...tickets.keys()].flatMap(readId),
    write: (id, details) => tickets.set(id, details),
    remove: (id) => tickets.delete(id),
  }
}

/** A document never changes a value in place, so each is decoded once. */
const decoded = new WeakMap<object, Details>()

function readDetails(value: unknown): Details | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const known = decoded.get(value)
  if (known) return known
  const details = v.safeParse(Details, value)
  if (!details.success) return undefined
  decoded.set(value, details.output)
  return details.output
}

function readId(key: unknown): TicketId[] {
  const id = v.safeParse(TicketId, key)
  return id.success ? [id.output] : []
}
