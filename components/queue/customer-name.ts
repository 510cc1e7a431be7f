import { m } from '../../paraglide/messages.js'
import type { Details } from '../../protocol/details.ts'

/** The customer's name as it is shown, also where there is none. */
export function customerName(details: Details | undefined): string {
  return details?.name || m.queue_no_name()
}
