import { m } from '../../paraglide/messages.js'
import type { CallNow } from '../../peer/call/call-handle.ts'
import { useNow } from '../ui/clock.ts'
import { waitWords } from '../ui/refusal.ts'

/** Why the other side is not called yet, as a sentence; undefined where it may be. */
export function useRest(call: Pick<CallNow, 'again'> | undefined): string | undefined {
  const until = call?.again ?? 0
  const now = useNow(1000, until)
  return until > now ? m.call_again_in({ wait: waitWords(until - now) }) : undefined
}
