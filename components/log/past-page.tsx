import './log.css'
import { ArrowLeft } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { Link, Redirect } from 'wouter-preact'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { readPastTicket } from '../../desk/queue/past-ticket.ts'
import { m } from '../../paraglide/messages.js'
import { type Refusal, RefusedError } from '../../protocol/errors.ts'
import type { TicketId } from '../../protocol/ids.ts'
import { useWorkplace } from '../desk/context.ts'
import { useTitle } from '../desk/title.ts'
import { ExportTicket } from '../export/export-ticket.tsx'
import { AssigneeCell } from '../queue/assignee-cell.tsx'
import { CaseRating } from '../queue/case-rating.tsx'
import { customerName } from '../queue/customer-name.ts'
import { useNames } from '../queue/names.ts'
import { StatusPill } from '../queue/status-pill.tsx'
import { TicketNotices } from '../queue/ticket-notices.tsx'
import { TicketTabs } from '../queue/ticket-tabs.tsx'
import { Button } from '../ui/button.tsx'
import { Refused } from '../ui/refused.tsx'
import { DeleteTicket } from './delete-ticket.tsx'
import { LogTime } from './log-table.tsx'

type Past = { kind: 'asking' } | { kind: 'known'; entry: QueueEntry } | { kind: 'refused'; why: Refusal }

/** A ticket as it is found again from the logs: its chat, notes, pictures, films, permissions and timeline, for who may open its case. */
export function PastPage({ ticket }: { ticket: string }) {
  const { desk } = useWorkplace()
  const [past, again] = usePast(ticket as TicketId)
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
          {past.why.code === 'not-found' ? <p role="status">{m.queue_left()}</p> : <Refused refusal={past.why} />}
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
        {header.state.kind !== 'expired' && header.state.assignee && (
          <p class="ticket-assignee">
            <span class="ticket-label">{m.queue_assignee()}</span> <AssigneeCell entry={entry} />
          </p>
        )}
        <CaseRating entry={entry} />
        {header.state.kind === 'resolved' && (
          <TicketNotices entry={entry} attendance={undefined} onSuccessor={() => undefined} />
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

function usePast(id: TicketId): [Past, () => void] {
  const { ticketRoutes: server, keyrings } = useWorkplace().desk
  const [past, setPast] = useState<Past>({ kind: 'asking' })
  const [turn, setTurn] = useState(0)
  const ready = keyrings.state.value.kind === 'known'
  // biome-ignore lint/correctness/useExhaustiveDependencies: keys that came are a reason to open it anew, and so is being asked to
  useEffect(() => {
    const life = new AbortController()
    readPastTicket(id, { server, keyringOf: keyrings.of, signal: life.signal }).then(
      (entry) => life.signal.aborted || setPast({ kind: 'known', entry }),
      (error: unknown) => {
        if (life.signal.aborted) return
        if (!(error instanceof RefusedError)) throw error
        setPast({ kind: 'refused', why: error.refusal })
      },
    )
    return () => life.abort()
  }, [server, keyrings, id, ready, turn])
  return [past, () => setTurn((now) => now + 1)]
}
