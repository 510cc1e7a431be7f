import { allowance } from './allowance.ts'

/** What the other side may write in one session, over all its links: more than people type, too little to fill a case. */
export type Written = {
  /** @returns false where it is more than that. */
  takes(text: string): boolean
}

/** At once as much as was written while a link was cut, or pasted; in UTF-16 units. */
const MESSAGES = { atOnce: 300, perSecond: 2 }
const CHARACTERS = { atOnce: 200_000, perSecond: 200 }

/** @param now in ms */
export function countWritten(now?: () => number): Written {
  const messages = allowance(MESSAGES, now)
  const characters = allowance(CHARACTERS, now)
  return { takes: (text) => messages.take(1) && characters.take(text.length) }
}
