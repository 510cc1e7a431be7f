/** What somebody did to a text: at `at`, so many characters went, and others came. Positions in UTF-16 units. */
export type TextChange = { at: number; removed: number; inserted: string }

/** Steps through a text as Yjs tells them: kept, new or gone. */
export type TextDelta = readonly { retain?: number; insert?: unknown; delete?: number }[]

/** The one place where two texts differ. @param caret where the cursor is afterwards: of equal letters it says which one is new */
export function changeBetween(before: string, after: string, caret: number): TextChange | undefined {
  if (before === after) return undefined
  const grown = after.length - before.length
  // What is behind the cursor was not touched by typing.
  const behind = Math.min(after.length - caret, before.length)
  let end = 0
  while (end < behind && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1
  const longest = Math.min(before.length, after.length) - end
  let at = 0
  while (at < longest && before[at] === after[at]) at += 1
  // Further back than the cursor: a text that was set, not typed.
  while (
    end < Math.min(before.length, after.length) - at &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end += 1
  // Half a character is not left behind.
  if (at > 0 && isHigh(before, at - 1) && (isLow(before, at) || isLow(after, at))) at -= 1
  if (end > 0 && isLow(before, before.length - end)) end -= 1
  return { at, removed: before.length - end - at, inserted: after.slice(at, before.length - end + grown) }
}

/** Where a position of the text before is in the text after. What is put right at it goes before it. */
export function mapIndex(delta: TextDelta, index: number): number {
  let read = 0
  let moved = index
  for (const { retain, insert, delete: gone } of delta) {
    if (read > index) break
    if (typeof insert === 'string') moved += insert.length
    else if (gone !== undefined) {
      moved -= Math.max(0, Math.min(gone, index - read))
      read += gone
    } else read += retain ?? 0
  }
  return moved
}

const isHigh = (text: string, at: number) => (text.charCodeAt(at) & 0xfc00) === 0xd800
const isLow = (text: string, at: number) => (text.charCodeAt(at) & 0xfc00) === 0xdc00
