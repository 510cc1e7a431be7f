import { expect, test } from 'vitest'
import { boundsOf } from '../../../desk/log/period.ts'

const at = (year: number, month: number, day: number, hour = 0) => new Date(year, month - 1, day, hour).getTime()
const now = at(2026, 11, 27, 15)

test('L1 periods are whole days of this computer’s time, today among them', () => {
  expect(boundsOf({ kind: 'all' }, now)).toEqual({})
  expect(boundsOf({ kind: 'today' }, now)).toEqual({ from: at(2026, 11, 27) })
  expect(boundsOf({ kind: 'days', days: 7 }, now)).toEqual({ from: at(2026, 11, 21) })
  expect(boundsOf({ kind: 'days', days: 30 }, now)).toEqual({ from: at(2026, 10, 29) })
})

test('L1 both days of one’s own period are in it; what is no day is no bound', () => {
  expect(boundsOf({ kind: 'custom', first: '2026-03-28', last: '2026-03-29' }, now)).toEqual({
    from: at(2026, 3, 28),
    until: at(2026, 3, 30),
  })
  expect(boundsOf({ kind: 'custom', first: '', last: 'soon' }, now)).toEqual({ from: undefined, until: undefined })
})
