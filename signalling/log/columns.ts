import type { LogPayload } from '../../protocol/log.ts'
import { onceOf, wordsOf } from './words.ts'

/** What of a row is found by: copies of what it says, which the verifier makes again. */
export function columnsOf(payload: LogPayload) {
  const { at, list, by, whom, group, ticket, session, event } = payload
  return {
    at,
    list,
    what: event.what,
    by_whom: by.kind === 'technician' ? by.id : null,
    whom: whom?.id ?? null,
    group_id: group?.id ?? null,
    ticket: ticket?.id ?? null,
    session: session,
    once: onceOf(payload),
    words: wordsOf(payload),
  }
}
