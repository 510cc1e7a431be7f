import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reportDays } from '../../../desk/log/report-days.ts'
import { MAX_REPORT_DAYS } from '../../../protocol/limits.ts'

const NOW = new Date(2026, 10, 27, 10).getTime()
const at = (month: number, day: number) => new Date(2026, month, day).getTime()

test('L5 the days of a report are those of the period, each from midnight to midnight', () => {
  expect(reportDays({ kind: 'today' }, NOW)).toEqual({ days: [at(10, 27), at(10, 28)], cut: false })
  expect(reportDays({ kind: 'days', days: 7 }, NOW).days).toHaveLength(8)
  const two = { kind: 'custom', first: '2026-10-24', last: '2026-10-25' } as const
  expect(reportDays(two, NOW)).toEqual({ days: [at(9, 24), at(9, 25), at(9, 26)], cut: false })
})

test('L5 a longer period is cut to its last days, and says so; one without an end, or upside down, has days all the same', () => {
  const long = reportDays({ kind: 'custom', first: '2026-01-01', last: '' }, NOW)
  expect([long.days.length, long.days.at(-1), long.cut]).toEqual([MAX_REPORT_DAYS + 1, at(10, 28), true])
  expect(reportDays({ kind: 'custom', first: '', last: '' }, NOW).cut).toBe(false)
  expect(reportDays({ kind: 'custom', first: '2026-12-24', last: '2026-11-01' }, NOW).days).toEqual([
    at(10, 1),
    at(10, 2),
  ])
})

test('L5 whatever the period, the days ascend and are no more than a report takes', () => {
  const day = fc
    .date({ min: new Date(2000, 0, 1), max: new Date(2040, 0, 1), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
  fc.assert(
    fc.property(day, day, (first, last) => {
      const { days } = reportDays({ kind: 'custom', first, last }, NOW)
      expect(days.length).toBeGreaterThan(1)
      expect(days.length).toBeLessThanOrEqual(MAX_REPORT_DAYS + 1)
      expect(days).toEqual([...days].sort((one, other) => one - other))
    }),
  )
})
