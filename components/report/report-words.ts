import { m } from '../../paraglide/messages.js'
import type { Figures, Spread } from '../../protocol/reports.ts'
import { formatLocale } from '../ui/locale.ts'
import { spanWords, unitWords } from '../ui/span-words.ts'

/** What stands where nothing was measured. */
export const NOTHING = '–'

/** `45 s` below a minute and a half, minutes, hours and days above. `ms` in milliseconds. */
function lengthWords(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 90 ? unitWords(seconds, 'second') : spanWords(Math.round(seconds / 60))
}

export function spreadWords(spread: Spread | null): string {
  return spread === null
    ? NOTHING
    : m.report_spread({ median: lengthWords(spread.median), p90: lengthWords(spread.p90) })
}

/** How many of those who answered said good or very good. */
export function satisfactionWords({ scores }: Pick<Figures, 'scores'>): string {
  const count = scores.reduce((sum, one) => sum + one, 0)
  if (count === 0) return NOTHING
  const good = (scores[3] ?? 0) + (scores[4] ?? 0)
  const share = (good / count).toLocaleString(formatLocale(), { style: 'percent', maximumFractionDigits: 0 })
  return m.report_good({ share, count: count.toLocaleString(formatLocale()) })
}

export function dayWords(from: number): string {
  return new Date(from).toLocaleDateString(formatLocale(), { dateStyle: 'medium' })
}
