import { foldGroupName } from '../../protocol/group-name.ts'
import type { LogPayload } from '../../protocol/log.ts'

/** What a search finds a row by: people, addresses, groups and the first half of the code, folded as names are compared. */
export function wordsOf({ by, whom, group, ticket, event }: LogPayload): string {
  const words = [
    by.kind === 'technician' ? by.name : undefined,
    whom?.name,
    group?.name,
    ticket?.lookup,
    'address' in event ? event.address : undefined,
    'before' in event ? event.before : undefined,
    'to' in event ? event.to?.name : undefined,
  ]
  return asKept(foldGroupName(words.filter((word) => word !== undefined).join('\n')))
}

/** As every database gives a text back: none keeps half a character, and PostgreSQL no NUL. */
export const asKept = (text: string) => text.toWellFormed().replaceAll('\0', '\uFFFD')

/** What is told once: the same word of a browser again, after a reload or on another link, adds nothing. */
export function onceOf({ ticket, event }: LogPayload): string | null {
  if (!('id' in event)) return null
  const which = 'outcome' in event ? event.outcome : ''
  return `${ticket?.id ?? ''} ${event.id} ${event.what} ${which}`.trim()
}
