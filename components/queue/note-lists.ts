import { nextMark } from '../../desk/note-blocks.ts'

/** Lists in a field of plain text. */

const MARK = /^\s*(?:[-*•]|\d{1,4}[.)])\s+/

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
  const kind = ordered ? /^\s*\d{1,4}[.)]\s/ : /^\s*[-*•]\s/
  const bare = lines.map((line) => line.replace(MARK, ''))
  const listed = lines.every((line) => kind.test(line))
  const marked = listed ? bare : bare.map((line, index) => `${ordered ? `${index + 1}.` : '-'} ${line}`)
  area.setRangeText(marked.join('\n'), begin, end, 'end')
}

const lineStart = (value: string, at: number) => value.lastIndexOf('\n', at - 1) + 1
