import '../log/log.css'
import './report.css'
import { useState } from 'preact/hooks'
import type { ServerLog } from '../../desk/server/server-log.ts'
import { m } from '../../paraglide/messages.js'
import { MAX_REPORT_DAYS } from '../../protocol/limits.ts'
import type { Figures, ReportReply } from '../../protocol/reports.ts'
import { useWorkplace } from '../desk/context.ts'
import { useTitle } from '../desk/title.ts'
import { CsvButton } from '../log/csv-button.tsx'
import { type Filters, LogFilters, NO_FILTERS } from '../log/log-filters.tsx'
import { type Names, useNames } from '../queue/names.ts'
import { Button } from '../ui/button.tsx'
import { Refused } from '../ui/refused.tsx'
import { DayBars } from './day-bars.tsx'
import { dayColumns, dayRow, figureCells, figureColumns } from './figures.ts'
import { type ReportRow, ReportTable } from './report-table.tsx'
import { ScoreBars } from './score-bars.tsx'
import { useReport } from './use-report.ts'

const MONTH: Filters = { ...NO_FILTERS, period: { kind: 'days', days: 30 } }

/** How the help desk does: load, waiting and handling times, satisfaction. */
export function ReportPage() {
  const { people, log } = useWorkplace().desk
  const [filters, setFilters] = useState(MONTH)
  const [tables, setTables] = useState(false)
  const [state, again] = useReport(filters)
  const names = useNames()
  useTitle(m.report_title())
  const report = state.kind === 'known' ? state.report : state.kind === 'asking' ? state.before : undefined
  return (
    <main class="log">
      <header class="log-head">
        <h1>{m.report_title()}</h1>
        <Button aria-pressed={tables} onClick={() => setTables(!tables)}>
          {m.report_as_table()}
        </Button>
        {report && <CsvButton of={csvOf(report, names, log)} />}
      </header>
      <div class="log-scope">{people.admin.value ? m.report_scope_admin() : m.report_scope_technician()}</div>
      <LogFilters
        filters={filters}
        onFilters={setFilters}
        none={MONTH}
        people={{ label: m.log_filter_technician(), anybody: m.log_any_technician() }}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by the keyboard */}
      <section class="log-scroll" tabIndex={0} aria-label={m.report_title()} aria-busy={state.kind === 'asking'}>
        <div class="log-below" role="status">
          {state.kind === 'asking' && !report && <p>{m.log_asking()}</p>}
          {state.kind === 'known' && state.cut && <p>{m.report_cut({ count: MAX_REPORT_DAYS })}</p>}
          {state.kind === 'known' && isEmpty(state.report) && <p>{m.report_empty()}</p>}
        </div>
        {state.kind === 'refused' && (
          <>
            <Refused refusal={state.why} />
            <p class="log-below">
              <Button onClick={again}>{m.report_again()}</Button>
            </p>
          </>
        )}
        {report && !isEmpty(report) && <Report report={report} names={names} tables={tables} />}
      </section>
    </main>
  )
}

function Report({ report, names, tables }: { report: ReportReply; names: Names; tables: boolean }) {
  const { days, all } = report
  const rows = rowsOf(report, names)
  const head = { corner: m.report_name(), columns: figureColumns() }
  return (
    <>
      {tables ? (
        <ReportTable label={m.report_by_day()} corner={m.report_day()} columns={dayColumns()} rows={days.map(dayRow)} />
      ) : (
        <div class="report-charts">
          <DayBars title={m.report_created()} days={days.map(({ from, created }) => ({ from, count: created }))} />
          <DayBars title={m.report_resolved()} days={days.map(({ from, resolved }) => ({ from, count: resolved }))} />
          <DayBars title={m.report_sessions()} days={days.map(({ from, sessions }) => ({ from, count: sessions }))} />
          <ScoreBars scores={all.scores} />
        </div>
      )}
      <p class="report-quiet report-note">{m.report_spread_text()}</p>
      <ReportTable label={m.report_by_group()} {...head} rows={[rows.all, ...rows.groups]} />
      <ReportTable label={m.report_by_technician()} {...head} rows={rows.technicians} />
    </>
  )
}

function isEmpty({ all }: ReportReply): boolean {
  return (
    all.created + all.resolved + all.sessions === 0 && all.waiting === null && all.scores.every((count) => count === 0)
  )
}

function rowsOf({ all, groups, technicians }: ReportReply, names: Names) {
  const byName = (one: ReportRow, other: ReportRow) => one.name.localeCompare(other.name)
  const row = (id: string, name: string, figures: Figures): ReportRow => ({ id, name, cells: figureCells(figures) })
  return {
    all: row('', m.report_all(), all),
    groups: groups.map(({ group, figures }) => row(group, names.group(group), figures)).sort(byName),
    technicians: technicians
      .map(({ technician, figures }) => row(technician, names.technician(technician), figures))
      .sort(byName),
  }
}

function csvOf(report: ReportReply, names: Names, log: ServerLog) {
  const { all, groups, technicians } = rowsOf(report, names)
  const lines = [
    { of: '', ...all },
    ...groups.map((row) => ({ of: m.log_filter_group(), ...row })),
    ...technicians.map((row) => ({ of: m.log_filter_technician(), ...row })),
  ]
  return {
    file: m.report_csv_file(),
    text: m.report_csv_text(),
    columns: [m.report_of(), m.report_name(), ...figureColumns()],
    cells: ({ of, name, cells }: (typeof lines)[number]) => [of, name, ...cells],
    async page(_cursor: string | undefined, signal: AbortSignal) {
      await log.takenAway({ which: 'report' }, signal)
      return { rows: lines, next: null }
    },
  }
}
