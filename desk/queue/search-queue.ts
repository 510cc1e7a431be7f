import type { TechnicianId, TicketId } from '../../protocol/ids.ts'
import { assigneeOf } from '../../protocol/ticket.ts'
import { plain } from '../search.ts'
import type { QueueEntry } from './entry.ts'

/** What else is found: how people are called, and what of the tickets' cases is on this disk. */
export type SearchContext = {
  names: ReadonlyMap<TechnicianId, string>
  notes: ReadonlyMap<TicketId, string>
}

/**
 * Entries that have every word of the text in name, contact, request, lookup, tags, hand-over note, assignee's name or notes;
 * case and accents do not matter.
 */
export function searchQueue(
  entries: readonly QueueEntry[],
  text: string,
  context: SearchContext,
): readonly QueueEntry[] {
  const words = plain(text).split(/\s+/).filter(Boolean)
  if (words.length === 0) return entries
  return entries.filter((entry) => {
    const found = textOf(entry, context)
    return words.every((word) => found.includes(word))
  })
}

/** Makes ready what the next search reads, so that its first letter does not wait. */
export function prepareSearch(entries: readonly QueueEntry[], context: SearchContext): void {
  for (const entry of entries) textOf(entry, context)
}

/** An entry is never changed in place, so that its text is made once, however often one types. */
const texts = new WeakMap<QueueEntry, { assignee: string; notes: string; text: string }>()

function textOf(entry: QueueEntry, { names, notes }: SearchContext): string {
  const { header, details } = entry
  const who = assigneeOf(header)
  const assignee = (who && names.get(who)) ?? ''
  const written = notes.get(header.id) ?? ''
  const made = texts.get(entry)
  if (made && made.assignee === assignee && made.notes === written) return made.text
  const parts = details
    ? [details.name, details.contact, details.request, ...details.tags, details.handOver?.note ?? '']
    : []
  const text = plain([header.lookup, ...parts, assignee, written].join('\n'))
  texts.set(entry, { assignee, notes: written, text })
  return text
}
