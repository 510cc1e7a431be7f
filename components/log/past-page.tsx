import './log.css'
import { ArrowLeft } from 'lucide-preact'
import { Link, Redirect } from 'wouter-preact'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import type { TicketId } from '../../protocol/ids.ts'
import { useWorkplace } from '../desk/context.ts'
import { useTitle } from '../desk/title.ts'
import { ExportTicket } from '../export/export-ticket.tsx'
import { AssigneeLine } from '../queue/assignee-line.tsx'
import { CaseRating } from '../queue/case-rating.tsx'
import { customerName } from '../queue/customer-name.ts'
import { endedTitle } from '../queue/ended-words.ts'
import { useNames } from '../queue/names.ts'
import { StatusPill } from '../queue/status-pill.tsx'
import { TicketNotices } from '../queue/ticket-notices.tsx'
import { TicketTabs } from '../queue/ticket-tabs.tsx'
import { usePastTicket } from '../queue/use-past-ticket.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Refused } from '../ui/refused.tsx'
import { DeleteTicket } from './delete-ticket.tsx'
import { LogTime } from './log-table.tsx'

/** A ticket as it is found again from the logs: its chat, notes, pictures, films, permissions and timeline, for who may open its case. */
export function PastPage({ ticket }: { ticket: string }) {
  const { desk } = useWorkplace()
  const [past, again] = usePastTicket(ticket as TicketId)
  useTitle(past.kind === 'known' ? customerName(past.entry.details) : m.log_past_title())
  if (desk.tickets.find(ticket)?.header.state.kind === 'open') return <Redirect to={`/ticket/${ticket}`} replace />
  return (
    <main class="log ticket past">
      {past.kind === 'asking' && (
        <p class="log-below" role="status">
          {m.log_asking()}
        </p>
      )}
      {past.kind === 'refused' && (
        <div class="log-below">
          <h1>{m.log_past_title()}</h1>
          {past.why.code === 'not-found' ? <p role="status">{m.log_past_gone()}</p> : <Refused refusal={past.why} />}
          {past.why.code !== 'not-found' && <Button onClick={again}>{m.report_again()}</Button>}
          <BackToLog />
        </div>
      )}
      {past.kind === 'known' && <Known key={ticket} entry={past.entry} />}
    </main>
  )
}

function Known({ entry }: { entry: QueueEntry }) {
  const names = useNames()
  const { header, details } = entry
  return (
    <>
      <header class="ticket-head">
        <BackToLog />
        <div class="ticket-line">
          <span class="code">{header.lookup}</span>
          <StatusPill entry={entry} />
          <span class="ticket-group">{names.group(header.group)}</span>
        </div>
        <h1>{customerName(details)}</h1>
        <p class="ticket-facts">
          {details?.contact && <span>{details.contact} · </span>}
          <LogTime at={header.createdAt} />
        </p>
        {details?.request && <p class="ticket-request">{details.request}</p>}
        <AssigneeLine entry={entry} />
        <CaseRating entry={entry} />
        {header.state.kind === 'resolved' && (
          <TicketNotices entry={entry} attendance={undefined} onSuccessor={() => undefined} />
        )}
        {header.state.kind === 'expired' && (
          <Notice tone="info" title={endedTitle(header.state)}>
            {m.log_past_ended()}
          </Notice>
        )}
        <div class="ticket-actions">
          <ExportTicket entry={entry} />
          <DeleteTicket entry={entry} />
        </div>
      </header>
      <TicketTabs entry={entry} attendance={undefined} />
    </>
  )
}

function BackToLog() {
  return (
    <Link href="/log/remote" class="button button-quiet past-back">
      <ArrowLeft aria-hidden="true" />
      {m.log_remote_title()}
    </Link>
  )
}
