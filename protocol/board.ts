import * as v from 'valibot'
import { Bytes16 } from './ids.ts'

/** What is drawn on: a shared screen, by the name that both sides give it, or the white sheet without one. */
export const SurfaceId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,32}$/), v.brand('SurfaceId'))
export type SurfaceId = v.InferOutput<typeof SurfaceId>

/** The white sheet. */
export const BLANK = v.parse(SurfaceId, 'blank')
/** The first screen that a customer shows. */
export const SCREEN = v.parse(SurfaceId, 'screen')

/**
 * Technician: how the whiteboard stands. Said on each new link, and at each change; the drawings themselves travel in `board` frames.
 */
export const BoardState = v.strictObject({
  type: v.literal('board-state'),
  /** The document to which those frames belong. Another one than before: what the page has of the old one is void. */
  board: Bytes16,
  /** Whether the customer may draw, and erase. */
  mayDraw: v.boolean(),
  /** What the technician draws on now. */
  shown: v.nullable(SurfaceId),
})
export type BoardState = v.InferOutput<typeof BoardState>
