import type { Time } from '../../protocol/ids.ts'
import { MAX_REPORT_DAYS } from '../../protocol/limits.ts'
import { boundsOf, type Period } from './period.ts'

/** When each day of the period begins, and the last one ends. `cut`: the period is longer, and these are its last days. */
export type ReportDays = { days: Time[]; cut: boolean }

/** Without a first day, as many as a report may have; without a last one, until today. A period that is upside down has one day. */
export function reportDays(period: Period, now: Time): ReportDays {
  const { from, until = nextDay(now) } = boundsOf(period, now)
  const days = [until]
  for (let day = dayBefore(until); days.length <= MAX_REPORT_DAYS && day >= (from ?? 0); day = dayBefore(day))
    days.push(day)
  if (days.length === 1) days.push(dayBefore(until))
  const first = days.at(-1) ?? until
  return { days: days.reverse(), cut: from !== undefined && from < first }
}

function nextDay(at: Time): Time {
  const day = new Date(at)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime()
}

/** Where a day has 23 or 25 hours, too. */
function dayBefore(start: Time): Time {
  const day = new Date(start)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - 1).getTime()
}
