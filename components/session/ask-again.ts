import type { TicketConsents } from '../../desk/session/consents.ts'
import { m } from '../../paraglide/messages.js'
import type { ConsentTopic } from '../../protocol/consent.ts'
import { useNow } from '../ui/clock.ts'
import { waitWords } from '../ui/refusal.ts'

/** Why the customer is not asked for this yet, as a sentence; undefined where it may be asked. */
export function useAskAgain(
  consents: Pick<TicketConsents, 'again'> | undefined,
  what: ConsentTopic,
): string | undefined {
  const until = consents?.again.value.get(what) ?? 0
  const now = useNow(1000, until)
  return until > now ? m.consent_ask_again_in({ wait: waitWords(until - now) }) : undefined
}
