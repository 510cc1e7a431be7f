import type { ComponentChildren } from 'preact'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import type { FoundInCase } from '../../desk/queue/found-in-case.ts'
import { m } from '../../paraglide/messages.js'

type Props = Pick<QueueEntry, 'details'> & {
  found: FoundInCase | undefined
  /** What is to be said first. */
  first?: ComponentChildren
}

/** What a list shows below the customer's name: the request, or what of the case the search has found. */
export function RequestLine({ details, found, first }: Props) {
  return (
    <span class="queue-request">
      {first}
      {found ? <Found found={found} /> : requestOf(details)}
    </span>
  )
}

function Found({ found: { place, before, word, after } }: { found: FoundInCase }) {
  return (
    <>
      {place === 'notes' ? m.queue_found_in_notes() : m.queue_found_in_chat()} {before}
      <mark>{word}</mark>
      {after}
    </>
  )
}

function requestOf(details: Props['details']): string {
  return details ? details.request || details.contact : m.queue_no_details()
}
