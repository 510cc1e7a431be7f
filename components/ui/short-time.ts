import { formatLocale } from './locale.ts'

/** `Nov 26, 12:32 PM`: a moment of these days. `at` in ms since 1970. */
export function shortTime(at: number): string {
  const options = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const
  return new Date(at).toLocaleString(formatLocale(), options)
}
