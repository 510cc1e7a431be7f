import type { TicketId, Time } from '../../protocol/ids.ts'

/** Where the customers of one group stand in its line. Rules without clock or store. */

export type Waiting = { id: TicketId; arrivedAt: Time }

/** How many came before each of those who wait. */
export function placesOf(waiting: readonly Waiting[]): Map<TicketId, number> {
  const line = waiting.toSorted((one, other) => one.arrivedAt - other.arrivedAt || (one.id < other.id ? -1 : 1))
  return new Map(line.map(({ id }, ahead) => [id, ahead]))
}

/** From so many waits on, and of so many at most, in so long, the typical one is told. */
const FEWEST = 3
export const MOST_WAITS = 20
export const WAITS_MS = 7 * 86_400_000

/** Reports tell of older ones: so long they are kept, in ms. */
export const WAITS_KEPT_MS = 400 * 86_400_000

/** The median of what the last ones waited, in whole seconds (ms); null while they are too few. */
export function typicalWait(lastMs: readonly number[]): number | null {
  if (lastMs.length < FEWEST) return null
  const sorted = lastMs.toSorted((one, other) => one - other)
  const half = Math.floor(sorted.length / 2)
  const [low = 0, high = 0] = sorted.length % 2 === 1 ? [sorted[half], sorted[half]] : [sorted[half - 1], sorted[half]]
  return Math.round((low + high) / 2000) * 1000
}
