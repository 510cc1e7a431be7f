import type { Part } from './letter.ts'

/** A mail for those who read text. A link stands on a line of its own, where every program finds all of it. */
export function toPlainText(parts: readonly Part[]): string {
  return `${parts.map(paragraph).join('\n\n')}\n`
}

function paragraph(part: Part): string {
  switch (part.kind) {
    case 'sentence':
    case 'aside':
      return part.text
    case 'link':
      return `${part.label}\n${part.link}`
    case 'code':
      return part.code
  }
}
