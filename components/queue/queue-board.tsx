import './queue-board.css'
import { useCallback, useEffect, useMemo, useRef } from 'preact/hooks'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { divideQueue, type QueueStatus } from '../../desk/queue/order.ts'
import { m } from '../../paraglide/messages.js'
import { useVirtual } from '../ui/virtual.ts'
import { AssigneeCell } from './assignee-cell.tsx'
import { CauseMark } from './cause-notice.tsx'
import { customerName } from './customer-name.ts'
import { DueMark } from './due-mark.tsx'
import { useNames } from './names.ts'
import { NewsPills } from './news-pills.tsx'
import { PriorityMark } from './queue-row.tsx'
import type { QueueListProps } from './queue-table.tsx'
import { statusName } from './queue-words.ts'
import { RequestLine } from './request-line.tsx'
import { StatusPill } from './status-pill.tsx'
import { tableKeys } from './table-keys.ts'

const CARD_PX = 116

/** The tickets as cards, a column for each status. */
export function QueueBoard(list: QueueListProps) {
  const { shown } = list
  const parts = useMemo(() => new Map(divideQueue(shown).map(({ status, entries }) => [status, entries])), [shown])
  // An empty column says that there is nobody; nobody needs to hear that nothing has ended.
  const columns: QueueStatus[] = ['waiting', 'in-session', 'absent']
  if (parts.has('ended')) columns.push('ended')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the cards' keys bubble up to here
    <div class="queue-board" onKeyDown={(event) => tableKeys(event, list)}>
      {columns.map((status) => (
        <BoardColumn key={status} status={status} entries={parts.get(status) ?? []} list={list} />
      ))}
    </div>
  )
}

type ColumnProps = { status: QueueStatus; entries: readonly QueueEntry[]; list: QueueListProps }

function BoardColumn({ status, entries, list }: ColumnProps) {
  const scroller = useRef<HTMLUListElement>(null)
  const virtual = useVirtual({
    count: entries.length,
    scroller,
    heightOf: () => CARD_PX,
    keyOf: useCallback((index: number) => entries[index]?.header.id ?? '', [entries]),
  })
  const at = entries.findIndex(({ header }) => header.id === list.cursor)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where the keyboard goes, the list follows
  useEffect(() => {
    if (at >= 0) virtual.show(at)
  }, [list.cursor])
  return (
    <section class={`board-column board-${status}`} aria-label={statusName(status)}>
      <h2>
        {statusName(status)} · <span class="figures">{entries.length}</span>
      </h2>
      {entries.length === 0 && <p class="board-empty">{m.queue_board_empty()}</p>}
      <ul ref={scroller}>
        <li class="board-space" aria-hidden="true" style={{ height: `${virtual.height}px` }} />
        {virtual.items.map(({ index, start, key }) => {
          const entry = entries[index]
          if (!entry) return null
          return (
            <li key={key} data-index={index} ref={virtual.measure} style={{ transform: `translateY(${start}px)` }}>
              <Card entry={entry} list={list} />
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Card({ entry, list }: { entry: QueueEntry; list: QueueListProps }) {
  const { selected, cursor, selection, onCursor, onOpen } = list
  const names = useNames()
  const { header, details } = entry
  const { id } = header
  const current = id === cursor
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the link in it is what the keyboard presses
    // biome-ignore lint/a11y/noStaticElementInteractions: the same
    <div
      class={`card ${current ? 'current' : ''} ${id === selected ? 'open' : ''} ${selection.has(id) ? 'marked' : ''}`}
      data-ticket={id}
      data-priority={details?.priority}
      onClick={(event) => {
        onCursor(id)
        if (event.shiftKey) selection.extend(id)
        else if (event.ctrlKey || event.metaKey) selection.toggle(id)
        else onOpen(id, false)
      }}
    >
      <span class="card-line">
        <input
          type="checkbox"
          aria-label={m.queue_select({ name: customerName(details) })}
          checked={selection.has(id)}
          onClick={(event) => {
            event.stopPropagation()
            selection.toggle(id)
          }}
        />
        <span class="code">{header.lookup}</span>
        <StatusPill entry={entry} />
      </span>
      <span class="queue-name">
        <PriorityMark priority={details?.priority ?? 'normal'} />
        <a
          href={`#/ticket/${id}`}
          aria-current={id === selected ? 'true' : undefined}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return
            event.preventDefault()
            event.stopPropagation()
            onOpen(id, event.detail === 0)
          }}
        >
          {customerName(details)}
        </a>
        <NewsPills entry={entry} />
      </span>
      <RequestLine details={details} found={list.foundIn(entry)} first={<CauseMark entry={entry} />} />
      <DueMark level={list.levelOf(entry)} />
      <span class="card-line">
        <span class="card-group">{names.group(header.group)}</span>
        <AssigneeCell entry={entry} />
      </span>
    </div>
  )
}
