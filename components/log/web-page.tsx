import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import type { LogRow, LogSort } from '../../protocol/log.ts'
import { useWorkplace } from '../desk/context.ts'
import { CsvButton } from './csv-button.tsx'
import { HeadButton } from './head-button.tsx'
import { type Filters, LogFilters, NO_FILTERS } from './log-filters.tsx'
import { LogFrame } from './log-frame.tsx'
import { fullTime, LogTable, LogTime } from './log-table.tsx'
import { actorWords, isWebEvent, webWords } from './log-words.ts'
import type { Column } from './sort-head.tsx'
import { useTicketName } from './ticket-name.ts'
import { askOf, useLog } from './use-log.ts'

/** Who signed in, invited, changed and exported what, and what happened to tickets. */
export function WebPage() {
  const { log, people } = useWorkplace().desk
  const [filters, setFilters] = useState<Filters<LogSort>>(NO_FILTERS)
  const pages = useLog(filters, log.web)
  const nameOf = useTicketName()
  const admin = people.admin.value
  const columns: Column<LogSort>[] = [
    { name: m.log_column_time(), sort: 'time', falls: true },
    { name: m.log_column_who(), sort: 'who' },
    { name: m.log_column_what(), sort: 'kind', hint: m.log_sort_by_kind() },
    { name: m.log_column_about() },
    { name: m.log_column_group(), sort: 'group' },
    { name: m.log_column_from() },
  ]
  const names = columns.map(({ name }) => name)
  const cells = (row: LogRow) => cellsOf(row, nameOf(row.ticket))
  const csv = {
    file: m.log_csv_web_file(),
    text: m.log_csv_text(),
    columns: names,
    cells: (row: LogRow) => [new Date(row.at).toISOString(), ...cells(row)],
    page: (cursor: string | undefined, signal: AbortSignal) =>
      log.web({ ...askOf(filters), cursor, limit: 1000, export: true }, signal),
  }
  return (
    <LogFrame
      title={m.log_web_title()}
      search={m.log_web_search()}
      filters={filters}
      onFilters={setFilters}
      scope={
        <>
          {admin ? m.log_scope_admin() : m.log_scope_technician()}
          {admin && <HeadButton />}
        </>
      }
      actions={<CsvButton of={csv} />}
    >
      <LogFilters
        filters={filters}
        onFilters={setFilters}
        people={{ label: m.log_filter_technician(), anybody: m.log_any_technician() }}
      />
      <LogTable
        label={m.log_web_title()}
        columns={columns}
        pages={pages}
        filters={filters}
        onFilters={setFilters}
        empty={m.log_web_empty()}
        row={(row: LogRow) => (
          <tr key={row.seq}>
            <td data-column={m.log_column_time()} title={fullTime(row.at)}>
              <LogTime at={row.at} />
            </td>
            {cells(row).map((cell, at) => (
              <td key={names[at + 1]} data-column={names[at + 1]}>
                {cell}
              </td>
            ))}
          </tr>
        )}
      />
    </LogFrame>
  )
}

/** Who, what, about, group, from. `customer`: the name, where it is known here. */
function cellsOf({ by, event, whom, group, from, ticket }: LogRow, customer: string | undefined): string[] {
  const ticketWords = ticket && (customer === undefined ? ticket.lookup : `${ticket.lookup} ${customer}`)
  const address = 'address' in event ? event.address : undefined
  const about = [ticketWords, whom && (whom.name || m.log_gone_name()), address].filter((one) => !!one)
  return [actorWords(by), isWebEvent(event) ? webWords(event) : '', about.join(' · '), group?.name ?? '', from ?? '']
}
