import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import type { LogSort, RemoteLogReply } from '../../protocol/log.ts'
import { scoreName } from '../customer/score-words.ts'
import { useWorkplace } from '../desk/context.ts'
import { CsvButton } from './csv-button.tsx'
import { type Filters, LogFilters, NO_FILTERS } from './log-filters.tsx'
import { LogFrame } from './log-frame.tsx'
import { LogTable } from './log-table.tsx'
import { actorWords } from './log-words.ts'
import { RemoteRow } from './remote-row.tsx'
import { durationWords, endWords, grantedWords, keptWords, routeWords } from './session-words.ts'
import type { Column } from './sort-head.tsx'
import { useTicketName } from './ticket-name.ts'
import { askOf, useLog } from './use-log.ts'

export type Session = RemoteLogReply['rows'][number]

/** The sessions: whose, with whom, how long, what was allowed and what was kept of them. */
export function RemotePage() {
  const { log, people } = useWorkplace().desk
  const [filters, setFilters] = useState<Filters<LogSort>>(NO_FILTERS)
  const pages = useLog(filters, log.remote)
  const nameOf = useTicketName()
  const columns: Column<LogSort>[] = [
    { name: m.log_column_time(), sort: 'time', falls: true },
    { name: m.log_column_technician(), sort: 'who' },
    { name: m.log_column_customer() },
    { name: m.log_column_group(), sort: 'group' },
    { name: m.log_column_duration(), sort: 'duration', falls: true },
    { name: m.log_column_consent() },
    { name: m.log_column_kept() },
    { name: m.log_column_route() },
    { name: m.log_column_end(), sort: 'end' },
    { name: m.log_column_rating(), sort: 'rating' },
  ]
  const names = columns.map(({ name }) => name)
  const cells = (session: Session) => cellsOf(session, nameOf(session.row.ticket))
  const csv = {
    file: m.log_csv_remote_file(),
    text: m.log_csv_text(),
    columns: names,
    cells: (session: Session) => [new Date(session.row.at).toISOString(), ...cells(session)],
    page: (cursor: string | undefined, signal: AbortSignal) =>
      log.remote({ ...askOf(filters), cursor, limit: 1000, export: true }, signal),
  }
  return (
    <LogFrame
      title={m.log_remote_title()}
      search={m.log_remote_search()}
      filters={filters}
      onFilters={setFilters}
      scope={people.admin.value ? m.log_scope_admin() : m.log_scope_technician_remote()}
      actions={<CsvButton of={csv} />}
    >
      <LogFilters
        filters={filters}
        onFilters={setFilters}
        people={{ label: m.log_filter_technician(), anybody: m.log_any_technician() }}
      />
      <LogTable
        label={m.log_remote_title()}
        columns={columns}
        pages={pages}
        filters={filters}
        onFilters={setFilters}
        empty={m.log_remote_empty()}
        row={(session: Session) => (
          <RemoteRow key={session.row.seq} session={session} cells={cells(session)} columns={names.slice(1)} />
        )}
      />
    </LogFrame>
  )
}

/** In the order of the columns. `customer`: the name, where it is known here; the first half of the code stands for it otherwise. */
function cellsOf({ row, summary }: Session, customer: string | undefined): string[] {
  const code = row.ticket?.lookup ?? ''
  return [
    actorWords(row.by),
    customer === undefined ? code : `${code} ${customer}`,
    row.group?.name ?? '',
    durationWords(summary),
    grantedWords(summary),
    keptWords(summary),
    summary.route ? routeWords(summary.route) : '',
    summary.end ? endWords(summary.end) : m.log_goes_on(),
    summary.score ? scoreName(summary.score) : '',
  ]
}
