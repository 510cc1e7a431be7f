import type { ComponentChildren } from 'preact'
import type { LogPages } from '../../desk/log/log-pages.ts'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { formatLocale } from '../ui/locale.ts'
import { Refused } from '../ui/refused.tsx'
import { type Filters, narrows } from './log-filters.tsx'
import { type Column, SortHead } from './sort-head.tsx'

type Props<Row, Sort extends string> = {
  label: string
  columns: readonly Column<Sort>[]
  pages: LogPages<Row> | undefined
  filters: Filters<Sort>
  onFilters: (filters: Filters<Sort>) => void
  /** What the log says before anything is in it. */
  empty: string
  row: (row: Row) => ComponentChildren
}

/** Rows of a log, a page more each time that one asks. */
export function LogTable<Row, Sort extends string>({
  label,
  columns,
  pages,
  filters,
  onFilters,
  empty,
  row,
}: Props<Row, Sort>) {
  const rows = pages?.rows.value ?? []
  const state = pages?.state.value ?? { kind: 'asking' }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by the keyboard
    <section class="log-scroll" tabIndex={0} aria-label={label}>
      {/* It stays while the server puts the list in order, and so does the focus on it. */}
      {(rows.length > 0 || state.kind === 'asking') && (
        <table class="log-table" aria-label={label}>
          <SortHead columns={columns} filters={filters} onFilters={onFilters} />
          <tbody>{rows.map(row)}</tbody>
        </table>
      )}
      <div class="log-below" role="status">
        {state.kind === 'asking' && <p>{m.log_asking()}</p>}
        {state.kind === 'end' && rows.length > 0 && <p>{m.log_end()}</p>}
        {state.kind === 'end' && rows.length === 0 && <p>{narrows(filters) ? m.log_nothing() : empty}</p>}
      </div>
      {state.kind === 'refused' && <Refused refusal={state.why} />}
      {(state.kind === 'more' || state.kind === 'refused') && (
        <p class="log-below">
          <Button onClick={() => void pages?.ask()}>{m.log_more()}</Button>
        </p>
      )}
    </section>
  )
}

/** When it was, in this person's time; to the second and with the time zone on hover. `at` in ms since 1970. */
export function LogTime({ at }: { at: number }) {
  const moment = new Date(at)
  return (
    <time class="figures" dateTime={moment.toISOString()} title={fullTime(at)}>
      {moment.toLocaleString(formatLocale(), { dateStyle: 'medium', timeStyle: 'short' })}
    </time>
  )
}

export function fullTime(at: number): string {
  return new Date(at).toLocaleString(formatLocale(), { dateStyle: 'full', timeStyle: 'long' })
}
