import { placeOf, plain, wordsOf } from '../search.ts'
import type { QueueEntry } from './entry.ts'
import { ownText, type SearchContext } from './search-queue.ts'

/** What of a case the search has found: the word as it is written there, and what stands around it in its line. */
export type FoundInCase = { place: 'notes' | 'chat'; before: string; word: string; after: string }

/** So much of a line is shown, in characters, and so much of that before the word. */
const EXCERPT = 120
const BEFORE = 20

/** The line of the case in which a word of the search stands that the ticket itself does not have; notes come first. */
export function foundInCase(entry: QueueEntry, search: string, context: SearchContext): FoundInCase | undefined {
  const written = context.cases.get(entry.header.id)
  const words = written ? wordsOf(search) : []
  if (!written || words.length === 0) return undefined
  const own = ownText(entry, context)
  const wanted = words.find((word) => !own.includes(word))
  if (wanted === undefined) return undefined
  for (const place of ['notes', 'chat'] as const) {
    const line = written[place].split('\n').find((one) => plain(one).includes(wanted))
    if (line !== undefined) return { place, ...excerpt(line, wanted) }
  }
  return undefined
}

function excerpt(line: string, wanted: string): Omit<FoundInCase, 'place'> {
  const { start, end } = placeOf(line, wanted) ?? { start: 0, end: 0 }
  const from = whole(line, Math.max(0, Math.min(start - BEFORE, line.length - EXCERPT)))
  const to = whole(line, Math.max(end, from + EXCERPT))
  return {
    before: `${from > 0 ? '…' : ''}${line.slice(from, start)}`,
    word: line.slice(start, end),
    after: `${line.slice(end, to)}${to < line.length ? '…' : ''}`,
  }
}

/** A letter of two units is not cut in two. */
function whole(line: string, at: number): number {
  return (line.charCodeAt(at) & 0xfc00) === 0xdc00 ? at - 1 : at
}
