import { ChevronDown, ChevronRight, File, Folder } from 'lucide-preact'
import { useCallback, useRef } from 'preact/hooks'
import type { FolderLine } from '../../desk/session/folder-tree.ts'
import { m } from '../../paraglide/messages.js'
import type { EntryId, FolderEntry } from '../../protocol/folder.ts'
import { bytesWords } from '../ui/bytes.ts'
import { useVirtual } from '../ui/virtual.ts'
import { dateWords, noteSentence } from './folder-words.ts'

const LINE_HEIGHT = 34

type Props = {
  label: string
  lines: readonly FolderLine[]
  picked: ReadonlyMap<EntryId, FolderEntry>
  onToggle: (entry: FolderEntry) => void
  onPick: (entry: FolderEntry) => void
}

/** The lines of a folder, of which only those in sight are drawn. Up and down go from line to line; right and left open and close. */
export function FolderTree({ label, lines, picked, onToggle, onPick }: Props) {
  const scroller = useRef<HTMLElement>(null)
  const keyOf = useCallback((index: number) => keyOfLine(lines[index]), [lines])
  const virtual = useVirtual({ count: lines.length, scroller, heightOf: () => LINE_HEIGHT, keyOf })

  function pressed(event: KeyboardEvent) {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null
    if (!row) return
    const index = Number(row.dataset.index)
    const line = lines[index]
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by !== undefined) {
      event.preventDefault()
      const next = Math.min(lines.length - 1, Math.max(0, index + by))
      virtual.show(next)
      requestAnimationFrame(() => {
        scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"] input`)?.focus()
      })
    }
    if (line?.kind !== 'entry' || line.entry.kind !== 'folder') return
    if ((event.key === 'ArrowRight' && !line.opened) || (event.key === 'ArrowLeft' && line.opened)) {
      event.preventDefault()
      onToggle(line.entry)
    }
  }

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section ref={scroller} class="folder-tree" aria-label={m.folder_tree({ label })} tabIndex={0}>
      <ul style={{ height: `${virtual.height}px` }} onKeyDown={pressed}>
        {virtual.items.map(({ index, key, start }) => {
          const line = lines[index]
          if (!line) return null
          return (
            <li
              key={key}
              ref={virtual.measure}
              data-index={index}
              style={{ transform: `translateY(${start}px)`, paddingInlineStart: `${4 + line.depth * 18}px` }}
            >
              {line.kind === 'note' ? (
                <span class="folder-note">{noteSentence(line.note)}</span>
              ) : (
                <EntryLine line={line} picked={picked.has(line.entry.id)} onToggle={onToggle} onPick={onPick} />
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function keyOfLine(line: FolderLine | undefined): string {
  if (!line) return ''
  return line.kind === 'note' ? line.id : line.entry.id
}

type EntryProps = Pick<Props, 'onToggle' | 'onPick'> & {
  line: Extract<FolderLine, { kind: 'entry' }>
  picked: boolean
}

function EntryLine({ line: { entry, opened, above }, picked, onToggle, onPick }: EntryProps) {
  const { name } = entry
  return (
    <>
      <input type="checkbox" aria-label={m.folder_pick({ name })} checked={picked} onChange={() => onPick(entry)} />
      {entry.kind === 'folder' ? (
        <button type="button" class="folder-name" aria-expanded={opened} onClick={() => onToggle(entry)}>
          {opened ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
          <Folder aria-hidden="true" />
          <span>{name}</span>
        </button>
      ) : (
        <span class="folder-name" title={[...above, name].join(' / ')}>
          <File aria-hidden="true" />
          <span>{name}</span>
        </span>
      )}
      {entry.kind === 'file' && (
        <span class="folder-facts">
          <span>{bytesWords(entry.size)}</span>
          <time dateTime={new Date(entry.modified).toISOString()}>{dateWords(entry.modified)}</time>
        </span>
      )}
    </>
  )
}
