import type { ComponentChildren } from 'preact'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'

type Props = Pick<QueueEntry, 'details'> & {
  found: string | undefined
  /** What is to be said first. */
  first?: ComponentChildren
}

/** What a list shows below the customer's name: the request, or what of the case the search has found. */
export function RequestLine({ details, found, first }: Props) {
  return (
    <span class="queue-request">
      {first}
      {found === undefined ? requestOf(details) : m.queue_found_in_case({ words: found })}
    </span>
  )
}

function requestOf(details: Props['details']): string {
  return details ? details.request || details.contact : m.queue_no_details()
}
