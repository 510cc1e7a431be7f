import { m } from '../../paraglide/messages.js'
import { formatLocale } from '../ui/locale.ts'
import { dayWords } from './report-words.ts'

const HEIGHT = 120
/** Of a day with its gap. */
const STEP = 24

type Props = { title: string; days: readonly { from: number; count: number }[] }

/** One count for each day, as bars with a scale; what it counts stands above it, so that no colour need tell. */
export function DayBars({ title, days }: Props) {
  const most = Math.max(1, ...days.map(({ count }) => count))
  const sum = days.reduce((all, { count }) => all + count, 0)
  const first = days[0]?.from ?? 0
  const last = days.at(-1)?.from ?? 0
  const width = days.length * STEP
  const total = sum.toLocaleString(formatLocale())
  const summary = m.report_bars({
    title,
    total,
    most: most.toLocaleString(formatLocale()),
    first: dayWords(first),
    last: dayWords(last),
  })
  return (
    <figure class="report-chart">
      <figcaption>
        <strong>{title}</strong> <span class="figures">{total}</span>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={summary}>
        {days.map(({ from, count }, at) => {
          const height = (count / most) * (HEIGHT - 2)
          return (
            <rect key={from} x={at * STEP + 2} y={HEIGHT - height} width={STEP - 4} height={height}>
              <title>{`${dayWords(from)}: ${count}`}</title>
            </rect>
          )
        })}
      </svg>
      <div class="report-axis" aria-hidden="true">
        <span>{dayWords(first)}</span>
        <span>{m.report_most({ count: most.toLocaleString(formatLocale()) })}</span>
        <span>{dayWords(last)}</span>
      </div>
    </figure>
  )
}
