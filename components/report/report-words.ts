import { m } from '../../paraglide/messages.js'
import type { Figures, Spread } from '../../protocol/reports.ts'
import { formatLocale } from '../ui/locale.ts'

/** What stands where nothing was measured. */
export const NOTHING = '–'

/** `45 s`, `12 min`, `3 h 5 min`, `2 d 4 h`: as exact as is of use. `ms` in milliseconds. */
export function spanWords(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 90) return m.report_seconds({ seconds })
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return m.report_minutes({ minutes })
  if (minutes < 48 * 60) return m.report_hours({ hours: Math.floor(minutes / 60), minutes: minutes % 60 })
  const hours = Math.round(minutes / 60)
  return m.report_days({ days: Math.floor(hours / 24), hours: hours % 24 })
}

export function spreadWords(spread: Spread | null): string {
  return spread === null ? NOTHING : m.report_spread({ median: spanWords(spread.median), p90: spanWords(spread.p90) })
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
