import type { Time } from '../../protocol/ids.ts'

/** Of which days somebody looks at the log. `custom`: days as `2026-11-27`, both included; an empty one is no bound. */
export type Period =
  | { kind: 'all' }
  | { kind: 'today' }
  | { kind: 'days'; days: 7 | 30 }
  | { kind: 'custom'; first: string; last: string }

/** From when to when, in this computer's time zone: `from` included, `until` not. */
export function boundsOf(period: Period, now: Time): { from?: Time | undefined; until?: Time | undefined } {
  switch (period.kind) {
    case 'all':
      return {}
    case 'today':
      return { from: dayOf(now) }
    case 'days':
      return { from: dayOf(now, 1 - period.days) }
    case 'custom':
      return { from: startOf(period.first, 0), until: startOf(period.last, 1) }
  }
}

/** Midnight of the day, or so many days from it: where a day has 23 hours, too. */
function dayOf(at: Time, later = 0): Time {
  const day = new Date(at)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + later).getTime()
}

function startOf(day: string, later: number): Time | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []
  if (year === undefined) return undefined
  const start = new Date(Number(year), Number(month) - 1, Number(date) + later).getTime()
  return Number.isFinite(start) && start >= 0 ? start : undefined
}
