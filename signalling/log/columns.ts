import { foldGroupName } from '../../protocol/group-name.ts'
import type { LogPayload } from '../../protocol/log.ts'
import { asKept, onceOf, wordsOf } from './words.ts'

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
    ...sortedBy(payload),
  }
}

/** A name is in order by so many characters of it. */
const SORTED_LENGTH = 80

function sortedBy({ list, by, group, event }: LogPayload) {
  if (list === 'session') return { sort_who: null, sort_group: null, sort_kind: null }
  // By whole characters: half of one would not come back from the database as it was.
  const folded = (name: string | undefined) => asKept([...foldGroupName(name ?? '')].slice(0, SORTED_LENGTH).join(''))
  return {
    sort_who: folded(by.kind === 'technician' ? by.name : undefined),
    sort_group: folded(group?.name),
    sort_kind: event.what === 'ticket' ? `ticket ${event.change}` : event.what,
  }
}

/** Behind the scores, of which the worst are looked for. */
const UNRATED = 9

/** What a session's first row is in order by besides, before anything else is known of it; null for what is no session. */
export function sortedFirst({ list }: Pick<LogPayload, 'list'>) {
  return list === 'remote'
    ? { sort_duration: -1, sort_end: '', sort_rating: UNRATED }
    : { sort_duration: null, sort_end: null, sort_rating: null }
}

/** What a later row of a session changes of that; undefined: nothing. */
export function sortedSince(event: LogPayload['event']) {
  if (event.what === 'session-ended') return { sort_duration: event.durationMs ?? -1, sort_end: event.why }
  return event.what === 'rated' ? { sort_rating: event.score } : undefined
}
