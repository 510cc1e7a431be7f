import './queue-table.css'
import { useCallback, useEffect, useId, useMemo, useRef } from 'preact/hooks'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import type { FoundInCase } from '../../desk/queue/found-in-case.ts'
import type { Column } from '../../desk/queue/view.ts'
import { m } from '../../paraglide/messages.js'
import type { Selection } from '../ui/selection.ts'
import { useVirtual } from '../ui/virtual.ts'
import { customerName } from './customer-name.ts'
import { DueHead } from './due-head.tsx'
import { CELL, ROW, ticketRow } from './grid-roles.ts'
import { QueueCells } from './queue-row.tsx'
import { columnName, statusName } from './queue-words.ts'
import type { LevelOf } from './service-levels.ts'
import { tableKeys } from './table-keys.ts'
import { isHeading, keyOf, layLines } from './table-lines.ts'

export type QueueListProps = {
  /** Those that filters and search left, in order. */
  shown: readonly QueueEntry[]
  /** The line of a ticket's case in which the search was found. */
  foundIn: (entry: QueueEntry) => FoundInCase | undefined
  /** How it stands with what its group promises. */
  levelOf: LevelOf
  /** The ticket of the pane. */
  selected: string | undefined
  /** Where the keyboard is. */
  cursor: string | undefined
  selection: Selection<QueueEntry>
  onCursor: (id: string) => void
  onOpen: (id: string, byKeyboard: boolean) => void
}

const HEADING_PX = 34
const ROW_PX = 53

/** The tickets in rows, those that need a hand first. The grid has the focus; one row is where the keyboard is. */
export function QueueTable({ columns, ...list }: QueueListProps & { columns: readonly Column[] }) {
  const { shown, selected, cursor, selection, onCursor, onOpen } = list
  const scroller = useRef<HTMLDivElement>(null)
  const id = useId()
  const lines = useMemo(() => layLines(shown), [shown])
  const virtual = useVirtual({
    count: lines.count,
    scroller,
    heightOf: (index) => (isHeading(lines.at(index)) ? HEADING_PX : ROW_PX),
    keyOf: useCallback((index: number) => keyOf(lines.at(index)), [lines]),
  })
  const at = lines.indexOf(cursor)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where the keyboard goes, the list follows
  useEffect(() => {
    if (at >= 0) virtual.show(at)
  }, [cursor])
  const all = selection.items.length > 0 && shown.every(({ header }) => selection.has(header.id))
  const tracks = columns.map((column) => TRACKS[column]).join(' ')

  return (
    <div class="queue-table" style={{ '--queue-columns': tracks }}>
      <div class="queue-head-row" aria-hidden={shown.length === 0}>
        <input
          type="checkbox"
          aria-label={m.queue_select_all()}
          checked={all}
          ref={(box) => {
            if (box) box.indeterminate = !all && selection.items.length > selection.hidden
          }}
          onChange={selection.toggleAll}
        />
        <span class="queue-head-all" aria-hidden="true">
          {m.queue_select_all()}
        </span>
        <span>{m.queue_code()}</span>
        <span>{m.queue_customer()}</span>
        {columns.map((column) => (
          <span key={column} class={`cell-${column}`}>
            {column === 'due' ? <DueHead /> : columnName(column)}
          </span>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: only the rows in sight exist */}
      <div
        class="queue-grid"
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={m.queue_tickets()}
        aria-multiselectable="true"
        aria-rowcount={lines.count}
        aria-activedescendant={at < 0 ? undefined : `${id}-${cursor}`}
        onKeyDown={(event) => tableKeys(event, list)}
      >
        <div class="queue-lines" role="presentation" style={{ height: `${virtual.height}px` }}>
          {virtual.items.map(({ index, start, key }) => {
            const line = lines.at(index)
            if (!line) return null
            const place = { transform: `translateY(${start}px)` }
            const shared = { 'data-index': index, ref: virtual.measure, style: place, 'aria-rowindex': index + 1 }
            if (isHeading(line)) {
              return (
                <div key={key} class={`queue-heading queue-heading-${line.status}`} {...ROW} {...shared}>
                  <span {...CELL}>
                    {statusName(line.status)} · <span class="figures">{line.count}</span>
                  </span>
                </div>
              )
            }
            const { header, details } = line
            const current = header.id === cursor
            const marked = selection.has(header.id)
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys
              // biome-ignore lint/a11y/noStaticElementInteractions: it is a row of the grid
              <div
                key={key}
                id={`${id}-${header.id}`}
                class={`queue-row ${current ? 'current' : ''} ${header.id === selected ? 'open' : ''}`}
                {...ticketRow(marked, header.id === selected)}
                data-ticket={header.id}
                data-priority={details?.priority}
                onClick={(event) => {
                  onCursor(header.id)
                  if (event.shiftKey) {
                    getSelection()?.removeAllRanges()
                    selection.extend(header.id)
                  } else if (event.ctrlKey || event.metaKey) selection.toggle(header.id)
                  else onOpen(header.id, false)
                }}
                {...shared}
              >
                <span class="queue-check" {...CELL}>
                  <input
                    type="checkbox"
                    tabIndex={-1}
                    aria-label={m.queue_select({ name: customerName(details) })}
                    checked={marked}
                    onClick={(event) => {
                      event.stopPropagation()
                      onCursor(header.id)
                      if (event.shiftKey) selection.extend(header.id)
                      else selection.toggle(header.id)
                    }}
                  />
                </span>
                <QueueCells
                  entry={line}
                  found={list.foundIn(line)}
                  level={list.levelOf(line)}
                  columns={columns}
                  current={current}
                  onOpen={(byKeyboard) => onOpen(header.id, byKeyboard)}
                />
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

const TRACKS: Record<Column, string> = {
  group: 'minmax(64px, 110px)',
  priority: '84px',
  tags: 'minmax(80px, 150px)',
  contact: 'minmax(100px, 170px)',
  created: '96px',
  status: '150px',
  due: '128px',
  assignee: '136px',
}
