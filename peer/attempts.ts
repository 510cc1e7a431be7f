import type { Time } from '../protocol/ids.ts'
import { MAX_WRONG_SECRETS } from '../protocol/limits.ts'

/** Wrong secrets that one code has seen. Plain data: whoever owns the code keeps it where a reload does not forget it. */
export type Attempts = { wrong: number; last: Time }

/** Where a session reads and writes the attempts of its code. */
export type AttemptsStore = {
  read(): Attempts | Promise<Attempts>
  write(attempts: Attempts): void | Promise<void>
}

export const NO_ATTEMPTS: Attempts = { wrong: 0, last: 0 }

const FIRST_WAIT_MS = 1000

export type Verdict =
  | { kind: 'answer' }
  /** Answer in `ms`. */
  | { kind: 'wait'; ms: number }
  /** Never again: this code needs a successor. */
  | { kind: 'dead' }

/** Whether the next attempt may be answered: 1 s after the first wrong one, then twice as long for each. */
export function judge({ wrong, last }: Attempts, now: Time): Verdict {
  if (wrong >= MAX_WRONG_SECRETS) return { kind: 'dead' }
  if (wrong === 0) return { kind: 'answer' }
  const wait = FIRST_WAIT_MS * 2 ** (wrong - 1)
  // A clock that was set back must not stretch the wait beyond its full length.
  const ms = Math.min(wait, last + wait - now)
  return ms > 0 ? { kind: 'wait', ms } : { kind: 'answer' }
}

export function countWrong(attempts: Attempts, now: Time): Attempts {
  return { wrong: attempts.wrong + 1, last: now }
}
