import { expect, test } from 'vitest'
import { NO_QUIET, type QuietWeek, quietAt } from '../../../desk/pager/quiet.ts'

const none = { kind: 'none' } as const
/** 25 November 2026 is a Wednesday. */
const november = (day: number, hours: number, minutes = 0) => new Date(2026, 10, day, hours, minutes).getTime()
const from = (hours: number) => hours * 60
const week = (days: Partial<Record<number, [from: number, to: number]>>): QuietWeek => {
  const day = (number: number) => {
    const hours = days[number]
    return hours ? { from: from(hours[0]), to: from(hours[1]) } : null
  }
  return [day(0), day(1), day(2), day(3), day(4), day(5), day(6)]
}

test('without hours and without a pause nobody is left alone', () => {
  expect(quietAt({ pause: none, week: NO_QUIET }, november(25, 3))).toEqual({ kind: 'awake' })
})

test('hours begin on their day and end on it', () => {
  const lunch = { pause: none, week: week({ 3: [12, 13] }) }
  expect(quietAt(lunch, november(25, 11, 59))).toEqual({ kind: 'awake' })
  expect(quietAt(lunch, november(25, 12))).toEqual({ kind: 'quiet', until: november(25, 13) })
  expect(quietAt(lunch, november(25, 13))).toEqual({ kind: 'awake' })
  expect(quietAt(lunch, november(26, 12))).toEqual({ kind: 'awake' })
})

test('hours of an evening last through the night', () => {
  const night = { pause: none, week: week({ 3: [18, 8] }) }
  expect(quietAt(night, november(25, 23))).toEqual({ kind: 'quiet', until: november(26, 8) })
  expect(quietAt(night, november(26, 7, 59))).toEqual({ kind: 'quiet', until: november(26, 8) })
  expect(quietAt(night, november(26, 8))).toEqual({ kind: 'awake' })
  expect(quietAt(night, november(25, 7))).toEqual({ kind: 'awake' })
})

test('hours that touch are one: a weekend from Friday evening to Monday morning', () => {
  const weekend = { pause: none, week: week({ 5: [18, 18], 6: [18, 18], 0: [18, 8] }) }
  expect(quietAt(weekend, november(27, 19))).toEqual({ kind: 'quiet', until: november(30, 8) })
})

test('a week full of quiet has no end', () => {
  const always = week({ 0: [0, 0], 1: [0, 0], 2: [0, 0], 3: [0, 0], 4: [0, 0], 5: [0, 0], 6: [0, 0] })
  expect(quietAt({ pause: none, week: always }, november(25, 12))).toEqual({ kind: 'quiet', until: null })
})

test('a pause ends at its time, and later where hours follow it', () => {
  const pause = { kind: 'until', until: november(25, 19) } as const
  expect(quietAt({ pause, week: NO_QUIET }, november(25, 17))).toEqual({ kind: 'quiet', until: november(25, 19) })
  expect(quietAt({ pause, week: NO_QUIET }, november(25, 19))).toEqual({ kind: 'awake' })
  const evening = week({ 3: [18, 20] })
  expect(quietAt({ pause, week: evening }, november(25, 17))).toEqual({ kind: 'quiet', until: november(25, 20) })
})

test('muted is until it is turned on again', () => {
  expect(quietAt({ pause: { kind: 'muted' }, week: NO_QUIET }, november(25, 12))).toEqual({
    kind: 'quiet',
    until: null,
  })
})
