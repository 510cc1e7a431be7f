import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'

/** What a list shows below the customer's name: the request, or what of the case the search has found. */
export function RequestLine({ details, found }: Pick<QueueEntry, 'details'> & { found: string | undefined }) {
  if (found !== undefined) return <span class="queue-request">{m.queue_found_in_case({ words: found })}</span>
  return <span class="queue-request">{details ? details.request || details.contact : m.queue_no_details()}</span>
}
