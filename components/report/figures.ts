import { m } from '../../paraglide/messages.js'
import type { Figures, ReportReply } from '../../protocol/reports.ts'
import { formatLocale } from '../ui/locale.ts'
import type { ReportRow } from './report-table.tsx'
import { dayWords, satisfactionWords, spreadWords } from './report-words.ts'

const count = (figure: number) => figure.toLocaleString(formatLocale())

/** The columns of each day. */
export const dayColumns = () => [m.report_created(), m.report_resolved(), m.report_sessions()]

export function dayRow({ from, created, resolved, sessions }: ReportReply['days'][number]): ReportRow {
  return { id: String(from), name: dayWords(from), cells: [created, resolved, sessions].map(count) }
}

/** The columns of groups and technicians, on the screen and in the file. */
export const figureColumns = () => [
  ...dayColumns(),
  m.report_waiting(),
  m.report_first_answer(),
  m.report_session(),
  m.report_resolving(),
  m.log_column_rating(),
]

export function figureCells(figures: Figures): string[] {
  return [
    ...[figures.created, figures.resolved, figures.sessions].map(count),
    spreadWords(figures.waiting),
    spreadWords(figures.firstAnswer),
    spreadWords(figures.session),
    spreadWords(figures.resolving),
    satisfactionWords(figures),
  ]
}
