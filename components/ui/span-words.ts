import { formatLocale } from './locale.ts'

const HOUR = 60
const DAY = 24 * HOUR

/** `12 min`, `3 hr 5 min`, from two days on `2 days`. */
export function spanWords(minutes: number): string {
  if (minutes >= 2 * DAY) return unitWords(Math.floor(minutes / DAY), 'day')
  if (minutes < HOUR) return unitWords(minutes, 'minute')
  const rest = minutes % HOUR
  const hours = unitWords(Math.floor(minutes / HOUR), 'hour')
  return rest === 0 ? hours : `${hours} ${unitWords(rest, 'minute')}`
}

/** `45 sec`, as short as the language has it. */
export function unitWords(count: number, name: 'second' | 'minute' | 'hour' | 'day'): string {
  return new Intl.NumberFormat(formatLocale(), { style: 'unit', unit: name, unitDisplay: 'short' }).format(count)
}
