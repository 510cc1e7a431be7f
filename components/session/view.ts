/** How the customer's picture lies in the technician's stage. Pure. Sizes of the stage in CSS pixels, of the picture in its own. */

export type Size = { width: number; height: number }
export type Point = { x: number; y: number }
export type Rect = Point & Size

/**
 * `fit`: all of the picture is seen. `zoom`: one pixel of the picture is `scale` CSS pixels wide, and the point `at` of the picture is in
 * the middle of the stage.
 */
export type View = { kind: 'fit' } | { kind: 'zoom'; scale: number; at: Point }

export const FIT: View = { kind: 'fit' }

const STEP = 1.25
const LARGEST = 8

export function fitScale(stage: Size, picture: Size): number {
  if (picture.width === 0 || picture.height === 0) return 1
  return Math.min(stage.width / picture.width, stage.height / picture.height)
}

export function scaleOf(view: View, stage: Size, picture: Size): number {
  return view.kind === 'fit' ? fitScale(stage, picture) : view.scale
}

/** Where the picture lies in the stage. What is smaller than the stage is in its middle; what is larger leaves no edge free. */
export function place(view: View, stage: Size, picture: Size): Rect {
  const scale = scaleOf(view, stage, picture)
  const width = picture.width * scale
  const height = picture.height * scale
  const at = view.kind === 'fit' ? { x: picture.width / 2, y: picture.height / 2 } : view.at
  return {
    x: along(stage.width, width, stage.width / 2 - at.x * scale),
    y: along(stage.height, height, stage.height / 2 - at.y * scale),
    width,
    height,
  }
}

function along(stage: number, picture: number, start: number): number {
  if (picture <= stage) return (stage - picture) / 2
  return Math.min(0, Math.max(stage - picture, start))
}

/** One pixel of the customer's screen is one of this screen. @param ratio `devicePixelRatio` */
export function actual(view: View, stage: Size, picture: Size, ratio: number): View {
  return zoomTo(view, stage, picture, 1 / ratio, middle(stage))
}

/** One step in (`direction` 1) or out (−1); the point of the picture under `under`, a point of the stage, stays there. */
export function zoom(view: View, stage: Size, picture: Size, direction: 1 | -1, under: Point = middle(stage)): View {
  return zoomBy(view, stage, picture, direction > 0 ? STEP : 1 / STEP, under)
}

/** By any factor, as of a pinch. Not smaller than all of it in sight, which is `fit`. */
export function zoomBy(view: View, stage: Size, picture: Size, factor: number, under: Point): View {
  const smallest = Math.min(fitScale(stage, picture), 1)
  const scale = Math.min(LARGEST, scaleOf(view, stage, picture) * factor)
  return scale <= smallest ? FIT : zoomTo(view, stage, picture, scale, under)
}

function zoomTo(view: View, stage: Size, picture: Size, scale: number, under: Point): View {
  const now = place(view, stage, picture)
  const before = scaleOf(view, stage, picture)
  const point = { x: (under.x - now.x) / before, y: (under.y - now.y) / before }
  const at = { x: point.x + (stage.width / 2 - under.x) / scale, y: point.y + (stage.height / 2 - under.y) / scale }
  return settled({ kind: 'zoom', scale, at }, stage, picture)
}

/** Moves the picture by so many CSS pixels, as far as there is some of it. */
export function pan(view: View, stage: Size, picture: Size, by: Point): View {
  if (view.kind === 'fit') return view
  const at = { x: view.at.x - by.x / view.scale, y: view.at.y - by.y / view.scale }
  return settled({ ...view, at }, stage, picture)
}

/** The same with the point that is really in the middle, so that what was moved beyond an edge comes back at once. */
function settled(view: Extract<View, { kind: 'zoom' }>, stage: Size, picture: Size): View {
  const { x, y } = place(view, stage, picture)
  return { ...view, at: { x: (stage.width / 2 - x) / view.scale, y: (stage.height / 2 - y) / view.scale } }
}

function middle({ width, height }: Size): Point {
  return { x: width / 2, y: height / 2 }
}
