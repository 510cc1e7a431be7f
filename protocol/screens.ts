import * as v from 'valibot'
import { SCREEN, SurfaceId } from './board.ts'
import { ConsentId } from './consent.ts'
import { Time } from './ids.ts'
import { MAX_FURTHER_SCREENS } from './limits.ts'
import { Mid } from './link-offer.ts'

/** What a browser's picker gives. */
export const Surface = v.picklist(['monitor', 'window', 'browser', 'unknown'])
export type Surface = v.InferOutput<typeof Surface>

/** Of the screen that a customer shows first; those after it count on, and no number comes twice while anything is shown. */
export const FIRST_SCREEN = 1

/** Of one screen, for as long as it is shown. */
export const ScreenNumber = v.pipe(v.number(), v.integer(), v.minValue(FIRST_SCREEN), v.maxValue(999))

/** One screen beside the first. `id`: of the permission, which ends with it. `mid`: the line of the link that carries it. */
export const FurtherScreen = v.strictObject({
  id: ConsentId,
  number: v.pipe(ScreenNumber, v.minValue(FIRST_SCREEN + 1)),
  surface: Surface,
  since: Time,
  mid: Mid,
})
export type FurtherScreen = v.InferOutput<typeof FurtherScreen>

/** Customer: what is shown beside the first screen now; at each change, and once more on each new link. */
export const ScreensChanged = v.strictObject({
  type: v.literal('screens'),
  screens: v.pipe(v.array(FurtherScreen), v.maxLength(MAX_FURTHER_SCREENS)),
})

/** Technician: which of several screens is looked at; `null`: all of them. At each change, and once more on each new link. */
export const ScreenLooked = v.strictObject({ type: v.literal('screen-looked'), number: v.nullable(ScreenNumber) })

/** What is drawn on when that screen is looked at. */
export function drawnOn(number: number): SurfaceId {
  return number === FIRST_SCREEN ? SCREEN : v.parse(SurfaceId, `${SCREEN}-${number}`)
}

/** Which screen a surface belongs to; undefined for the white sheet, and for a name that no page of ours gives. */
export function screenOf(surface: SurfaceId): number | undefined {
  if (surface === SCREEN) return FIRST_SCREEN
  const [, number] = /^screen-([1-9][0-9]{0,2})$/.exec(surface) ?? []
  return number === undefined ? undefined : Number(number)
}
