import { m } from '../../paraglide/messages.js'
import type { ReportReply } from '../../protocol/reports.ts'
import { formatLocale } from '../ui/locale.ts'
import { dayWords } from './report-words.ts'

/** The charts' days in figures. */
export function DaysTable({ days }: { days: ReportReply['days'] }) {
  const columns = [m.report_created(), m.report_resolved(), m.report_sessions()]
  return (
    <table class="log-table report-table">
      <caption>{m.report_by_day()}</caption>
      <thead>
        <tr>
          <th scope="col">{m.report_day()}</th>
          {columns.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.map(({ from, created, resolved, sessions }) => (
          <tr key={from}>
            <th scope="row">{dayWords(from)}</th>
            {[created, resolved, sessions].map((count, at) => (
              <td key={columns[at]} data-column={columns[at]}>
                {count.toLocaleString(formatLocale())}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
