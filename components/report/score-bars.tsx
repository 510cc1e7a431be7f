import { m } from '../../paraglide/messages.js'
import { SCORES } from '../../protocol/score.ts'
import { scoreName } from '../customer/score-words.ts'
import { formatLocale } from '../ui/locale.ts'

/** How many customers said what, the best first. `scores`: of 1 to 5. */
export function ScoreBars({ scores }: { scores: readonly number[] }) {
  const count = scores.reduce((sum, one) => sum + one, 0)
  return (
    <figure class="report-chart">
      <figcaption>
        <strong>{m.log_column_rating()}</strong> <span class="figures">{count.toLocaleString(formatLocale())}</span>
      </figcaption>
      {count === 0 ? (
        <p class="report-quiet">{m.report_no_scores()}</p>
      ) : (
        <dl class="report-scores">
          {SCORES.toReversed().map((score) => {
            const said = scores[score - 1] ?? 0
            return (
              <div key={score}>
                <dt>{scoreName(score)}</dt>
                <dd>
                  <span class="report-bar" aria-hidden="true">
                    <span style={{ width: `${(said / count) * 100}%` }} />
                  </span>
                  <span class="figures">{said.toLocaleString(formatLocale())}</span>
                </dd>
              </div>
            )
          })}
        </dl>
      )}
    </figure>
  )
}
