import '../log/log.css'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import type { FoundInCase } from '../../desk/queue/found-in-case.ts'
import { m } from '../../paraglide/messages.js'
import type { ResolvedSort } from '../../protocol/http.ts'
import type { Filters } from '../log/log-filters.tsx'
import { type Column, SortHead } from '../log/sort-head.tsx'
import { ResolvedRow } from './resolved-row.tsx'

type Props = {
  entries: readonly QueueEntry[]
  filters: Filters<ResolvedSort>
  onFilters: (filters: Filters<ResolvedSort>) => void
  foundIn: (entry: QueueEntry) => FoundInCase | undefined
}

/** Tickets that are over, in the server's order. */
export function ResolvedTable({ entries, filters, onFilters, foundIn }: Props) {
  const columns: Column<ResolvedSort>[] = [
    { name: m.log_column_code(), sort: 'code' },
    { name: m.log_column_customer() },
    { name: m.log_column_group(), sort: 'group' },
    { name: m.log_column_assignee(), sort: 'assignee' },
    { name: m.resolved_column_how() },
    { name: m.resolved_column_ended(), sort: 'time', falls: true },
    { name: m.resolved_column_deed() },
  ]
  return (
    <table class="log-table resolved-table" aria-label={m.queue_resolved_place()}>
      <SortHead columns={columns} filters={filters} onFilters={onFilters} />
      <tbody>
        {entries.map((entry) => (
          <ResolvedRow key={entry.header.id} entry={entry} found={foundIn(entry)} />
        ))}
      </tbody>
    </table>
  )
}
