import { m } from '../../paraglide/messages.js'
import { MAX_WRONG_SECRETS } from '../../protocol/limits.ts'

/** How many of the wrong codes that kill a code were typed. */
export function wrongWords(wrong: number): string {
  return m.queue_wrong_count({ count: wrong, limit: MAX_WRONG_SECRETS })
}
