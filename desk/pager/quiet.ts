import * as v from 'valibot'
import { Time } from '../../protocol/ids.ts'

/** When nobody wants to be called: a pause that somebody made, and hours that come back every week. Local time. */

/** Minutes since midnight. */
const Minute = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(24 * 60 - 1))

/** From its day's `from` until the next `to`: where that is not later, on the following day. */
export const QuietHours = v.strictObject({ from: Minute, to: Minute })
export type QuietHours = v.InferOutput<typeof QuietHours>

const Day = v.nullable(QuietHours)

/** What begins on each weekday, from Sunday on as `Date.getDay` counts; null: nothing. */
export const QuietWeek = v.strictTuple([Day, Day, Day, Day, Day, Day, Day])
export type QuietWeek = v.InferOutput<typeof QuietWeek>

export const Pause = v.variant('kind', [
  v.strictObject({ kind: v.literal('none') }),
  v.strictObject({ kind: v.literal('until'), until: Time }),
  /** Until it is turned on again. */
  v.strictObject({ kind: v.literal('muted') }),
])
export type Pause = v.InferOutput<typeof Pause>

export const NO_QUIET: QuietWeek = [null, null, null, null, null, null, null]

/** `until` null: nobody knows when it ends. */
export type Quiet = { kind: 'awake' } | { kind: 'quiet'; until: Time | null }

const AWAKE: Quiet = { kind: 'awake' }
const MINUTE_MS = 60_000
/** Hours that follow each other for longer than this have no end. */
const LONGEST_MS = 8 * 24 * 60 * MINUTE_MS

/** Whether it is quiet at `now`, and until when: a pause and hours that touch each other are one. */
export function quietAt({ pause, week }: { pause: Pause; week: QuietWeek }, now: Time): Quiet {
  if (pause.kind === 'muted') return { kind: 'quiet', until: null }
  let until = pause.kind === 'until' ? Math.max(pause.until, now) : now
  for (;;) {
    const next = endOfHours(week, until)
    if (next === undefined) break
    until = next
    if (until - now > LONGEST_MS) return { kind: 'quiet', until: null }
  }
  return until > now ? { kind: 'quiet', until } : AWAKE
}

/** When the hours end that `at` is in, those of the evening before included. */
function endOfHours(week: QuietWeek, at: Time): Time | undefined {
  const ends = [-1, 0].flatMap((day) => {
    const midnight = new Date(at)
    midnight.setHours(0, 0, 0, 0)
    midnight.setDate(midnight.getDate() + day)
    const hours = week[midnight.getDay()]
    if (!hours) return []
    const nextDay = hours.to <= hours.from ? 1 : 0
    const end = clock(midnight, nextDay, hours.to)
    return clock(midnight, 0, hours.from) <= at && at < end ? [end] : []
  })
  return ends.length > 0 ? Math.max(...ends) : undefined
}

/** What a clock on the wall shows, also on the days on which it is turned forward or back. */
function clock(midnight: Date, days: number, minutes: number): Time {
  return new Date(
    midnight.getFullYear(),
    midnight.getMonth(),
    midnight.getDate() + days,
    Math.floor(minutes / 60),
    minutes % 60,
  ).getTime()
}
