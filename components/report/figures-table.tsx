import { m } from '../../paraglide/messages.js'
import type { Figures } from '../../protocol/reports.ts'
import { formatLocale } from '../ui/locale.ts'
import { satisfactionWords, spreadWords } from './report-words.ts'

export type FiguresRow = { id: string; name: string; figures: Figures }

/** The columns behind the name, on the screen and in the file. */
export const figureColumns = () => [
  m.report_created(),
  m.report_resolved(),
  m.report_sessions(),
  m.report_waiting(),
  m.report_first_answer(),
  m.report_session(),
  m.report_resolving(),
  m.log_column_rating(),
]

export function figureCells(figures: Figures): string[] {
  return [
    figures.created.toLocaleString(formatLocale()),
    figures.resolved.toLocaleString(formatLocale()),
    figures.sessions.toLocaleString(formatLocale()),
    spreadWords(figures.waiting),
    spreadWords(figures.firstAnswer),
    spreadWords(figures.session),
    spreadWords(figures.resolving),
    satisfactionWords(figures),
  ]
}

type Props = { label: string; rows: readonly FiguresRow[] }

/** How each of them does. */
export function FiguresTable({ label, rows }: Props) {
  const columns = figureColumns()
  return (
    <table class="log-table report-table">
      <caption>{label}</caption>
      <thead>
        <tr>
          <th scope="col">{m.report_name()}</th>
          {columns.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, figures }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            {figureCells(figures).map((cell, at) => (
              <td key={columns[at]} data-column={columns[at]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
