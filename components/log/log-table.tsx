import { ArrowDown, ArrowUp } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import type { LogPages } from '../../desk/log/log-pages.ts'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { formatLocale } from '../ui/locale.ts'
import { Refused } from '../ui/refused.tsx'
import { type Filters, narrows } from './log-filters.tsx'

type Props<Row> = {
  label: string
  /** Behind the time, by which the list is in order. */
  columns: readonly string[]
  pages: LogPages<Row> | undefined
  filters: Filters
  onFilters: (filters: Filters) => void
  /** What the log says before anything is in it. */
  empty: string
  row: (row: Row) => ComponentChildren
}

/** Rows of a log, a page more each time that one asks. */
export function LogTable<Row>({ label, columns, pages, filters, onFilters, empty, row }: Props<Row>) {
  const rows = pages?.rows.value ?? []
  const state = pages?.state.value ?? { kind: 'asking' }
  const newest = filters.order === 'newest'
  const Arrow = newest ? ArrowDown : ArrowUp
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by the keyboard
    <section class="log-scroll" tabIndex={0} aria-label={label}>
      {rows.length > 0 && (
        <table class="log-table" aria-label={label}>
          <thead>
            <tr>
              <th scope="col" aria-sort={newest ? 'descending' : 'ascending'}>
                <button type="button" onClick={() => onFilters({ ...filters, order: newest ? 'oldest' : 'newest' })}>
                  {m.log_column_time()}
                  <Arrow aria-hidden="true" />
                </button>
              </th>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
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
