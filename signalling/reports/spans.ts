import type { Spread } from '../../protocol/reports.ts'

/** Many spans, in ms, without an object each. */
export type Spans = {
  readonly count: number
  add(span: number): void
  /** The place into which they were copied ends here. */
  copyInto(all: Float64Array, at: number): number
}

/** So many are together: few of a technician who did little; and what is there is not copied for one more. */
const FIRST = 16
const LARGEST = 4_096

export function makeSpans(): Spans {
  const full: Float64Array[] = []
  let last = new Float64Array(0)
  let used = 0
  let count = 0
  return {
    get count() {
      return count
    },
    add(span) {
      if (used === last.length) {
        if (used > 0) full.push(last)
        last = new Float64Array(Math.min(LARGEST, Math.max(FIRST, used * 2)))
        used = 0
      }
      last[used] = Math.max(0, Math.round(span))
      used += 1
      count += 1
    },
    copyInto(all, at) {
      let end = at
      for (const part of full) {
        all.set(part, end)
        end += part.length
      }
      all.set(last.subarray(0, used), end)
      return end + used
    },
  }
}

export const countOf = (parts: readonly Spans[]) => parts.reduce((sum, part) => sum + part.count, 0)

/** Nearest rank, so that each figure is a span that there was. @param room for all of them, which is written over */
export function spreadOf(parts: readonly Spans[], room: Float64Array): Spread | null {
  const count = countOf(parts)
  if (count === 0) return null
  const all = room.subarray(0, count)
  parts.reduce((at, part) => part.copyInto(all, at), 0)
  const rank = (share: number) => select(all, Math.ceil(share * count) - 1)
  return { count, median: rank(0.5), p90: rank(0.9) }
}

/** What would be in this place, were they in order (Hoare's selection): in order all of them would take ten times as long. */
function select(all: Float64Array, place: number): number {
  let low = 0
  let high = all.length - 1
  while (low < high) {
    const pivot = all[(low + high) >> 1] ?? 0
    let [left, right] = [low, high]
    while (left <= right) {
      while ((all[left] ?? pivot) < pivot) left += 1
      while ((all[right] ?? pivot) > pivot) right -= 1
      if (left > right) break
      const kept = all[left] ?? 0
      all[left] = all[right] ?? 0
      all[right] = kept
      left += 1
      right -= 1
    }
    if (place <= right) high = right
    else if (place >= left) low = left
    else break
  }
  return all[place] ?? 0
}
