import type { TechnicianId, TicketId } from '../../protocol/ids.ts'
import { assigneeOf } from '../../protocol/ticket.ts'
import type { CaseText } from '../case/follow-case.ts'
import { plain, wordsOf } from '../search.ts'
import type { QueueEntry } from './entry.ts'

/** What else is found: how people are called, and what of the tickets' cases is on this disk, as far as one may read it. */
export type SearchContext = {
  names: ReadonlyMap<TechnicianId, string>
  cases: ReadonlyMap<TicketId, CaseText>
}

/**
 * Entries that have every word of the text in name, contact, request, lookup, tags, hand-over note, assignee's name, notes or chat;
 * case and accents do not matter.
 */
export function searchQueue(
  entries: readonly QueueEntry[],
  text: string,
  context: SearchContext,
): readonly QueueEntry[] {
  const words = wordsOf(text)
  if (words.length === 0) return entries
  const texts = textsOf(entries, context)
  return entries.filter((_, at) => words.every((word) => texts[at]?.includes(word)))
}

/** Makes ready what the next search through the same entries reads, so that its first letter does not wait. */
export function prepareSearch(entries: readonly QueueEntry[], context: SearchContext): void {
  textsOf(entries, context)
}

/** Of the list that is searched, in its order: each letter only reads through them, however many there are. */
const lists = new WeakMap<readonly QueueEntry[], { context: SearchContext; texts: readonly string[] }>()

function textsOf(entries: readonly QueueEntry[], context: SearchContext): readonly string[] {
  const made = lists.get(entries)
  if (made?.context === context) return made.texts
  const texts = entries.map((entry) => textOf(entry, context))
  lists.set(entries, { context, texts })
  return texts
}

/** An entry is never changed in place, so that its text is made once, however often one types. */
const texts = new WeakMap<QueueEntry, { assignee: string; written: CaseText | undefined; text: string }>()

function textOf(entry: QueueEntry, context: SearchContext): string {
  const { names, cases } = context
  const { header } = entry
  const who = assigneeOf(header)
  const assignee = (who && names.get(who)) ?? ''
  const written = cases.get(header.id)
  const made = texts.get(entry)
  if (made && made.assignee === assignee && made.written === written) return made.text
  const text = written
    ? `${ownText(entry, context)}\n${plain(written.notes)}\n${plain(written.chat)}`
    : ownText(entry, context)
  texts.set(entry, { assignee, written, text })
  return text
}

/** What the ticket says itself, without its case. */
export function ownText({ header, details }: QueueEntry, { names }: SearchContext): string {
  const who = assigneeOf(header)
  const parts = details
    ? [details.name, details.contact, details.request, ...details.tags, details.handOver?.note ?? '']
    : []
  return plain([header.lookup, ...parts, (who && names.get(who)) ?? ''].join('\n'))
}
