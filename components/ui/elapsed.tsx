import { m } from '../../paraglide/messages.js'
import { useNow } from './clock.ts'
import { formatLocale } from './locale.ts'

/** Time gone by since a moment, `2:14` or `1:02:14`, counting up each second; the moment itself on hover. `since` in ms since 1970. */
export function Elapsed({ since }: { since: number }) {
  const now = useNow(1000)
  const exact = new Date(since)
  return (
    <time class="figures" dateTime={exact.toISOString()} title={exact.toLocaleString(formatLocale())}>
      {elapsedWords(now - since)}
    </time>
  )
}

/** `2:14` or `1:02:14` for a span in ms; never negative, for clocks that differ. */
export function elapsedWords(span: number): string {
  const total = Math.max(0, Math.floor(span / 1000))
  const two = (figure: number) => String(figure).padStart(2, '0')
  const hours = Math.floor(total / 3600)
  const minutes = Math.floor(total / 60) % 60
  const seconds = two(total % 60)
  return hours > 0
    ? m.elapsed_hours({ hours, minutes: two(minutes), seconds })
    : m.elapsed_minutes({ minutes, seconds })
}
