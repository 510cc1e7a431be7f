import * as v from 'valibot'
import { NO_QUIET, Pause, QuietWeek } from './quiet.ts'

/** How one wants to be called in this browser; the sound is a setting of its own. */
export const PagerSettings = v.strictObject({
  notifications: v.boolean(),
  /** Until somebody acts. */
  repeat: v.boolean(),
  pause: Pause,
  week: QuietWeek,
})
export type PagerSettings = v.InferOutput<typeof PagerSettings>

export const USUAL_PAGER: PagerSettings = {
  notifications: true,
  repeat: true,
  pause: { kind: 'none' },
  week: NO_QUIET,
}
