import type { Time } from '../../protocol/ids.ts'
import { useNow } from '../ui/clock.ts'
import { waitWords } from '../ui/refusal.ts'

/** The wait until a moment in words, `12 s`, redrawn each second; undefined once it is over, or where there is none. */
export function useCountdown(until: Time = 0): string | undefined {
  const now = useNow(1000, until)
  return until > now ? waitWords(until - now) : undefined
}
