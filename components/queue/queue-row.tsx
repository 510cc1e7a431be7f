import type { QueueEntry } from '../../desk/queue/entry.ts'
import type { FoundInCase } from '../../desk/queue/found-in-case.ts'
import type { ServiceLevel } from '../../desk/queue/service-level.ts'
import type { Column } from '../../desk/queue/view.ts'
import type { Priority } from '../../protocol/details.ts'
import { Ago } from '../ui/ago.tsx'
import { AssigneeCell } from './assignee-cell.tsx'
import { CauseMark } from './cause-notice.tsx'
import { customerName } from './customer-name.ts'
import { DueMark } from './due-mark.tsx'
import { CELL } from './grid-roles.ts'
import { useNames } from './names.ts'
import { NewsPills } from './news-pills.tsx'
import { priorityName } from './queue-words.ts'
import { RequestLine } from './request-line.tsx'
import { StatusPill } from './status-pill.tsx'

type Props = {
  entry: QueueEntry
  /** Of its case, by the search. */
  found: FoundInCase | undefined
  level: ServiceLevel
  columns: readonly Column[]
  /** The keyboard is here. */
  current: boolean
  onOpen: (byKeyboard: boolean) => void
}

/** What a row shows of a ticket, cell by cell. */
export function QueueCells({ entry, found, level, columns, current, onOpen }: Props) {
  const { header, details } = entry
  const tabIndex = current ? 0 : -1
  return (
    <>
      <span class="queue-code code" {...CELL}>
        {header.lookup} <span aria-hidden="true">·····</span>
      </span>
      <span class="queue-who" {...CELL}>
        <span class="queue-name">
          <PriorityMark priority={details?.priority ?? 'normal'} />
          <a
            href={`#/ticket/${header.id}`}
            tabIndex={tabIndex}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return
              event.preventDefault()
              event.stopPropagation()
              onOpen(event.detail === 0)
            }}
          >
            {customerName(details)}
          </a>
          <NewsPills entry={entry} />
        </span>
        <RequestLine details={details} found={found} first={<CauseMark entry={entry} />} />
      </span>
      {columns.map((column) => (
        <span key={column} class={`queue-cell cell-${column}`} {...CELL}>
          <Cell column={column} entry={entry} level={level} tabIndex={tabIndex} />
        </span>
      ))}
    </>
  )
}

/** Urgent and high are marked; what is usual needs no mark. */
export function PriorityMark({ priority }: { priority: Priority }) {
  if (priority === 'normal' || priority === 'low') return null
  return (
    <span class={`priority priority-${priority}`} title={priorityName(priority)}>
      <span aria-hidden="true">{priority === 'urgent' ? '!!' : '!'}</span>
      <span class="unseen">{priorityName(priority)}</span>
    </span>
  )
}

type CellProps = { column: Column; entry: QueueEntry; level: ServiceLevel; tabIndex: 0 | -1 }

function Cell({ column, entry, level, tabIndex }: CellProps) {
  const names = useNames()
  const { header, details } = entry
  switch (column) {
    case 'group':
      return <>{names.group(header.group)}</>
    case 'priority':
      return <>{details && priorityName(details.priority)}</>
    case 'tags':
      return (
        <>
          {details?.tags.map((tag) => (
            <span key={tag} class="tag">
              {tag}
            </span>
          ))}
        </>
      )
    case 'contact':
      return <>{details?.contact}</>
    case 'created':
      return <Ago at={header.createdAt} />
    case 'status':
      return <StatusPill entry={entry} />
    case 'due':
      return <DueMark level={level} />
    case 'assignee':
      return <AssigneeCell entry={entry} tabIndex={tabIndex} />
  }
}
