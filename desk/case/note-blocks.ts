/** Notes as they are read: paragraphs, lists and links. */
export type NoteBlock =
  | { kind: 'paragraph'; lines: readonly NotePart[][] }
  | { kind: 'list'; ordered: boolean; items: readonly NotePart[][] }

export type NotePart = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string }

/** How a line of a list begins: a bullet, or a number with what follows it; then what the item says. */
type ListLine = { indent: string; space: string; rest: string } & (
  | { ordered: false; bullet: string }
  | { ordered: true; number: number; dot: string }
)

/** Undefined for a line of no list. */
export function readListLine(line: string): ListLine | undefined {
  const found = /^(\s*)(?:([-*•])|(\d{1,4})([.)]))(\s+)(.*)$/.exec(line)
  if (!found) return undefined
  const [, indent = '', bullet, number = '', dot = '', space = '', rest = ''] = found
  return bullet === undefined
    ? { indent, space, rest, ordered: true, number: Number(number), dot }
    : { indent, space, rest, ordered: false, bullet }
}

/** Lines that begin with a dash or a number are lists; an empty line ends a paragraph. */
export function readBlocks(text: string): NoteBlock[] {
  const blocks: NoteBlock[] = []
  let open:
    | { kind: 'paragraph'; lines: NotePart[][] }
    | { kind: 'list'; ordered: boolean; items: NotePart[][] }
    | undefined
  for (const line of text.split('\n')) {
    const item = readListLine(line)
    if (item) {
      const { ordered, rest } = item
      if (open?.kind !== 'list' || open.ordered !== ordered) {
        open = { kind: 'list', ordered, items: [] }
        blocks.push(open)
      }
      open.items.push(readParts(rest))
    } else if (line.trim() === '') {
      open = undefined
    } else {
      if (open?.kind !== 'paragraph') {
        open = { kind: 'paragraph', lines: [] }
        blocks.push(open)
      }
      open.lines.push(readParts(line))
    }
  }
  return blocks
}

/** Addresses of pages and of mail; punctuation at their end belongs to the sentence. */
const LINK = /\bhttps?:\/\/[^\s<>"]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi
const TAIL = /[.,;:!?'’”»]+$/

/** A line in parts. Nothing but web and mail addresses becomes a link. */
export function readParts(line: string): NotePart[] {
  const parts: NotePart[] = []
  let end = 0
  for (const { 0: found, index } of line.matchAll(LINK)) {
    const text = withoutTail(found)
    const href = /^https?:/i.test(text) ? text : `mailto:${text}`
    if (!URL.canParse(href)) continue
    if (index > end) parts.push({ kind: 'text', text: line.slice(end, index) })
    parts.push({ kind: 'link', text, href })
    end = index + text.length
  }
  if (end < line.length) parts.push({ kind: 'text', text: line.slice(end) })
  return parts
}

/** A closing bracket stays where one was opened in the address. */
function withoutTail(found: string): string {
  const text = found.replace(TAIL, '')
  const isClosed = text.endsWith(')') && text.split(')').length > text.split('(').length
  return isClosed ? withoutTail(text.slice(0, -1)) : text
}

/** What Enter puts behind a line: the next item's mark in a list; `end` where the item is empty, so that the list ends. */
export function nextMark(line: string): { kind: 'mark'; text: string } | { kind: 'end' } | undefined {
  const item = readListLine(line)
  if (!item) return undefined
  if (item.rest.trim() === '') return { kind: 'end' }
  const mark = item.ordered ? `${item.number + 1}${item.dot}` : item.bullet
  return { kind: 'mark', text: `${item.indent}${mark}${item.space}` }
}
