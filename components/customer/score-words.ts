import { m } from '../../paraglide/messages.js'
import type { Score } from '../../protocol/score.ts'

const NAMES: Record<Score, () => string> = {
  1: m.rating_1,
  2: m.rating_2,
  3: m.rating_3,
  4: m.rating_4,
  5: m.rating_5,
}

/** What a score is called, by customers and technicians alike. */
export function scoreName(score: Score): string {
  return NAMES[score]()
}
