import './ticket-pane.css'
import { ArrowLeft } from 'lucide-preact'
import { Link } from 'wouter-preact'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import type { ServiceLevel } from '../../desk/queue/service-level.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { shortTime } from '../ui/short-time.ts'
import { AssigneeLine } from './assignee-line.tsx'
import { CaseRating } from './case-rating.tsx'
import { customerName } from './customer-name.ts'
import { DueMark } from './due-mark.tsx'
import { HandOverNote } from './hand-over-note.tsx'
import { useNames } from './names.ts'
import { PriorityMark } from './queue-row.tsx'
import { SecondsLine } from './seconds-line.tsx'
import { StatusPill } from './status-pill.tsx'
import { TicketActions } from './ticket-actions.tsx'
import { TicketCode } from './ticket-code.tsx'
import type { TicketDeed } from './ticket-dialog.tsx'
import { TicketNotices } from './ticket-notices.tsx'
import { TicketTabs } from './ticket-tabs.tsx'

export const TICKET_HEADING = 'ticket-heading'

type Props = {
  entry: QueueEntry
  level: ServiceLevel
  onDeed: (deed: TicketDeed) => void
  /** Makes a new connection ID with the same details. */
  onSuccessor: () => void
}

/** One ticket: its code, its customer, who has it, what may be done, and the chat. */
export function TicketPane({ entry, level, onDeed, onSuccessor }: Props) {
  const { desk } = useWorkplace()
  const names = useNames()
  const { header, details } = entry
  const attendance = desk.sessions.of(header.id)
  const open = header.state.kind === 'open'
  return (
    <aside class="ticket" aria-labelledby={TICKET_HEADING}>
      <header class="ticket-head">
        <Link href="/" class="button button-quiet ticket-back">
          <ArrowLeft aria-hidden="true" />
          {m.desk_queue()}
        </Link>
        <div class="ticket-line">
          <TicketCode key={header.id} lookup={header.lookup} secret={open ? details?.secret : undefined} />
          <StatusPill entry={entry} />
          <span class="ticket-group">{names.group(header.group)}</span>
        </div>
        <h2 id={TICKET_HEADING} tabIndex={-1}>
          <PriorityMark priority={details?.priority ?? 'normal'} />
          {customerName(details)}
        </h2>
        <p class="ticket-facts">
          {details?.contact && <span>{details.contact} · </span>}
          <span>{m.queue_created_at({ time: shortTime(header.createdAt) })}</span>
        </p>
        {level.kind !== 'none' && (
          <p class="ticket-due">
            <DueMark level={level} named />
          </p>
        )}
        {details && details.tags.length > 0 && (
          <ul class="ticket-tags" aria-label={m.queue_tags()}>
            {details.tags.map((tag) => (
              <li key={tag} class="tag">
                {tag}
              </li>
            ))}
          </ul>
        )}
        {details?.request && <p class="ticket-request">{details.request}</p>}
        <AssigneeLine entry={entry} />
        <CaseRating entry={entry} />
        <SecondsLine entry={entry} />
        <HandOverNote entry={entry} />
        <TicketActions entry={entry} attendance={attendance} onDeed={onDeed} />
        <TicketNotices entry={entry} attendance={attendance} onSuccessor={onSuccessor} />
      </header>
      <TicketTabs entry={entry} attendance={attendance} />
    </aside>
  )
}
