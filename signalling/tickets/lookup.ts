import * as v from 'valibot'
import { Lookup } from '../../protocol/ids.ts'

const LOOKUPS = 100_000

/** `count` different lookups, each as likely as any other. `draw(below)` gives a whole number from 0 to below − 1. */
export function drawLookups(count: number, draw: (below: number) => number): Lookup[] {
  const drawn = new Set<number>()
  while (drawn.size < count) drawn.add(draw(LOOKUPS))
  return [...drawn].map((number) => v.parse(Lookup, String(number).padStart(5, '0')))
}

/**
 * The best of the candidates: one that no ticket had lately, else one that is only resting.
 * @returns undefined when open tickets have them all.
 */
export function chooseLookup(
  candidates: Lookup[],
  taken: { open: Set<Lookup>; resting: Set<Lookup> },
): Lookup | undefined {
  const free = candidates.filter((lookup) => !taken.open.has(lookup))
  return free.find((lookup) => !taken.resting.has(lookup)) ?? free[0]
}
