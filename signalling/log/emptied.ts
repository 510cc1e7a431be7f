import { MAX_EMPTIED_RANGES } from '../../protocol/limits.ts'
import type { LogSeq } from '../../protocol/log.ts'

/** Which rows of the log were emptied: first and last of each run of them, ascending. Mostly one: the oldest go first. */
export type Ranges = readonly (readonly [LogSeq, LogSeq])[]

/** With these as well. Where that are too many runs, those that are nearest to each other become one: none of them is left out. */
export function withRows(ranges: Ranges, rows: readonly LogSeq[]): Ranges {
  const merged: [LogSeq, LogSeq][] = []
  const all = [...ranges, ...rows.map((seq) => [seq, seq] as const)].sort(([one], [other]) => one - other)
  for (const [first, last] of all) {
    const before = merged.at(-1)
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last)
    else merged.push([first, last])
  }
  while (merged.length > MAX_EMPTIED_RANGES) joinNearest(merged)
  return merged
}

function joinNearest(ranges: [LogSeq, LogSeq][]): void {
  const gaps = ranges.slice(1).map(([first], at) => first - (ranges[at]?.[1] ?? first))
  const at = gaps.indexOf(Math.min(...gaps))
  const [next] = ranges.splice(at + 1, 1)
  const kept = ranges[at]
  if (kept && next) kept[1] = next[1]
}

/** The first row of `ranges` that is in none of `said`. */
export function firstOutside(ranges: Ranges, said: Ranges): LogSeq | undefined {
  for (const [first, last] of ranges) {
    let at = first
    for (const [from, until] of said) if (from <= at && at <= until) at = until + 1
    if (at <= last) return at
  }
  return undefined
}
