import { useNow } from './clock.ts'
import { formatLocale } from './locale.ts'

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** How long ago a moment was, or how far it is off, in words; the moment itself on hover. `at` in ms since 1970. */
export function Ago({ at }: { at: number }) {
  const now = useNow(60_000)
  const exact = new Date(at)
  return (
    <time class="figures" dateTime={exact.toISOString()} title={exact.toLocaleString(formatLocale())}>
      {agoWords(at - now, formatLocale())}
    </time>
  )
}

/** `3 hours ago`, `in 6 days`, in the largest unit that fills; below a minute, `this minute`. `span` in ms. */
export function agoWords(span: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const [unit, length] = UNITS.find(([, size]) => Math.abs(span) >= size) ?? ['minute', Number.POSITIVE_INFINITY]
  return format.format(Math.round(span / length), unit)
}
