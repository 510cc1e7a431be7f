import './ticket-pane.css'
import { ArrowLeft } from 'lucide-preact'
import { Link } from 'wouter-preact'
import type { QueueEntry } from '../../desk/queue.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { formatLocale } from '../ui/locale.ts'
import { CaseChat } from './case-chat.tsx'
import { customerName } from './customer-name.ts'
import { StatusPill } from './status-pill.tsx'
import { TicketActions } from './ticket-actions.tsx'
import { TicketCode } from './ticket-code.tsx'
import { TicketNotices } from './ticket-notices.tsx'

export const TICKET_HEADING = 'ticket-heading'

type Props = {
  entry: QueueEntry
  /** Makes a new connection ID with the same details. */
  onSuccessor: () => void
}

/** One ticket: its code, its customer, what may be done, and the chat. */
export function TicketPane({ entry, onSuccessor }: Props) {
  const { desk } = useWorkplace()
  const { header, details } = entry
  const attendance = desk.sessions.of(header.id)
  const name = customerName(details)
  return (
    <aside class="ticket" aria-labelledby={TICKET_HEADING}>
      <header class="ticket-head">
        <Link href="/" class="button button-quiet ticket-back">
          <ArrowLeft aria-hidden="true" />
          {m.desk_queue()}
        </Link>
        <div class="ticket-line">
          <TicketCode key={header.id} lookup={header.lookup} secret={details?.secret} />
          <StatusPill entry={entry} />
        </div>
        <h2 id={TICKET_HEADING} tabIndex={-1}>
          {name}
        </h2>
        <p class="ticket-facts">
          {details?.contact && <span>{details.contact} · </span>}
          <span>{m.queue_created_at({ time: shortTime(header.createdAt) })}</span>
        </p>
        {details?.request && <p class="ticket-request">{details.request}</p>}
        <TicketActions entry={entry} attendance={attendance} />
        <TicketNotices entry={entry} attendance={attendance} onSuccessor={onSuccessor} />
      </header>
      <CaseChat entry={entry} attendance={attendance} />
    </aside>
  )
}

function shortTime(at: number): string {
  const options = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const
  return new Date(at).toLocaleString(formatLocale(), options)
}
