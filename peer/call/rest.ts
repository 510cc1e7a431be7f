import type { Time } from '../../protocol/ids.ts'
import { LONGEST_PAUSE_MS } from '../../protocol/limits.ts'
import { pauseAfter } from '../consent-rules.ts'
import type { Call, CallEvent } from './call-rules.ts'

/** From when on one may call again, and be called: not at once after a call that was not taken up. */
export type Rests = { readonly mine: Rest; readonly theirs: Rest }
/** `noes`: so many in a row. */
type Rest = { readonly noes: number; readonly until: Time }

const NONE: Rest = { noes: 0, until: 0 }
export const NO_RESTS: Rests = { mine: NONE, theirs: NONE }

/** The two clocks start it with the way of a message between them: so much earlier, in ms, who is called lets it ring. */
const LENIENT_MS = 2000

/** What of this side's own calls was a no, or was taken back: it rang there. Who was in another call was not disturbed. */
const NOES = new Set(['declined', 'no-device', 'no-answer', 'here'])

/** The rests after a step. A call that was taken up ends those of its side; what a cut or a hand-over ended counts for nothing. */
export function nextRests(rests: Rests, before: Call, after: Call, event: CallEvent, now: Time): Rests {
  if (before.kind === 'asking' && after.kind === 'on') return { ...rests, mine: NONE }
  if (before.kind === 'ringing' && after.kind === 'on') return { ...rests, theirs: NONE }
  if (after.kind !== 'none' || event.type === 'over') return rests
  if (before.kind === 'ringing') return { ...rests, theirs: refused(rests.theirs, now) }
  if (before.kind === 'asking' && after.last?.kind === 'resting') {
    return { ...rests, mine: { ...rests.mine, until: now + after.last.ms } }
  }
  const no = before.kind === 'asking' && after.last !== undefined && NOES.has(after.last.kind)
  return no ? { ...rests, mine: refused(rests.mine, now) } : rests
}

/** How long what is asked from there does not ring yet, in ms; undefined where it may. */
export function restOfTheirs({ theirs }: Rests, now: Time): number | undefined {
  return now >= theirs.until - LENIENT_MS ? undefined : Math.min(theirs.until - now, LONGEST_PAUSE_MS)
}

function refused({ noes }: Rest, now: Time): Rest {
  return { noes: noes + 1, until: now + pauseAfter(noes + 1) }
}
