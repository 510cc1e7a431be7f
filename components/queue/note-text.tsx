// biome-ignore-all lint/suspicious/noArrayIndexKey: drawn anew from a text, without state of their own
import { type NotePart, readBlocks } from '../../desk/case/note-blocks.ts'

/** Notes as they are read. */
export function NoteText({ text }: { text: string }) {
  return (
    <>
      {readBlocks(text).map((block, index) => {
        if (block.kind === 'paragraph') {
          return (
            <p key={index}>
              {block.lines.map((parts, line) => (
                <span key={line} class="note-line">
                  <Parts parts={parts} />
                </span>
              ))}
            </p>
          )
        }
        const items = block.items.map((parts, item) => (
          <li key={item}>
            <Parts parts={parts} />
          </li>
        ))
        return block.ordered ? <ol key={index}>{items}</ol> : <ul key={index}>{items}</ul>
      })}
    </>
  )
}

function Parts({ parts }: { parts: readonly NotePart[] }) {
  return (
    <>
      {parts.map((part, index) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer">
            {part.text}
          </a>
        ),
      )}
    </>
  )
}
