import { nextMark, readListLine } from '../../desk/case/note-blocks.ts'

/** Lists in a field of plain text. */

/** Enter in a list begins its next item, and in an empty item ends the list. @returns whether it did anything */
export function continueList(area: HTMLTextAreaElement): boolean {
  const { selectionStart: at, selectionEnd, value } = area
  const begin = lineStart(value, at)
  const next = at === selectionEnd ? nextMark(value.slice(begin, at)) : undefined
  if (!next) return false
  if (next.kind === 'end') area.setRangeText('', begin, at, 'end')
  else area.setRangeText(`\n${next.text}`, at, at, 'end')
  return true
}

/** Makes the selected lines a list, or no list any more. */
export function toggleList(area: HTMLTextAreaElement, ordered: boolean): void {
  const { value, selectionStart, selectionEnd } = area
  const begin = lineStart(value, selectionStart)
  const found = value.indexOf('\n', selectionEnd)
  const end = found < 0 ? value.length : found
  const lines = value.slice(begin, end).split('\n')
  const items = lines.map(readListLine)
  const bare = lines.map((line, index) => items[index]?.rest ?? line)
  const listed = items.every((item) => item?.ordered === ordered)
  const marked = listed ? bare : bare.map((line, index) => `${ordered ? `${index + 1}.` : '-'} ${line}`)
  area.setRangeText(marked.join('\n'), begin, end, 'end')
}

const lineStart = (value: string, at: number) => value.lastIndexOf('\n', at - 1) + 1
