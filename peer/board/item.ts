import * as v from 'valibot'
import type { SurfaceId } from '../../protocol/board.ts'
import type { Role } from '../../protocol/ids.ts'
import { randomId } from '../random-id.ts'

/** Names one thing on a board: 48 random bits, which is plenty among 20 000. */
export const ItemId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{8}$/), v.brand('ItemId'))
export type ItemId = v.InferOutput<typeof ItemId>

export const isItemId = (key: string): key is ItemId => v.is(ItemId, key)

/** A picture is this wide and this high, whatever its pixels: a drawing keeps its place when the picture changes size. */
export const GRID = 2 ** 14 - 1

/** A place on a picture, in steps of the grid from its top left corner. */
export type Spot = { x: number; y: number }

export type Author = { role: Role; name: string }

/** x, y and pressure (0 to 255), one triple after the other. */
export type StrokePoints = Uint16Array<ArrayBuffer>

export type Stroke = { kind: 'pen' | 'highlighter'; points: StrokePoints }
/** Between two corners, or from the tail to the point. */
export type Figure = { kind: 'arrow' | 'rectangle' | 'ellipse'; from: Spot; to: Spot }
/** `text`: `at` is the top left corner. `step`: the middle of a numbered mark, which gets its number from its place in the order. */
export type Mark = { kind: 'text'; at: Spot; text: string } | { kind: 'step'; at: Spot }
export type Shape = Stroke | Figure | Mark

type About = {
  surface: SurfaceId
  by: Author
  /** Place in the palette. */
  colour: number
  /** Of its line, in thousandths of the picture's width. */
  width: number
}

/** What is drawn and is on no board yet. */
export type Sketch = Shape & About

/** One thing on a board. It never changes: it is drawn, and it is erased. `order`: above all that has a smaller one; two that were drawn at once may share it. */
export type Item = Sketch & { order: number }

/** So many colours there are. */
export const COLOURS = 7
/** How thick a line may be, in thousandths of the picture's width. */
export const MAX_WIDTH = 60
/** Numbers of the order end here. */
export const MAX_ORDER = 2 ** 32

export const STRIDE = 3

export function newItemId(): ItemId {
  return v.parse(ItemId, randomId().slice(0, 8))
}

/** What lies above comes later; the same on both sides, also for two that were drawn at once. */
export function inOrder([idA, a]: [ItemId, Item], [idB, b]: [ItemId, Item]): number {
  if (a.order !== b.order) return a.order - b.order
  return idA < idB ? -1 : 1
}

/** The number on each step, counted from 1 on each surface: whoever is erased leaves no gap, and no two have the same. */
export function numberSteps(items: Iterable<[ItemId, Item]>): ReadonlyMap<ItemId, number> {
  const numbers = new Map<ItemId, number>()
  const last = new Map<SurfaceId, number>()
  for (const [id, { surface }] of [...items].filter(([, { kind }]) => kind === 'step').sort(inOrder)) {
    const number = (last.get(surface) ?? 0) + 1
    last.set(surface, number)
    numbers.set(id, number)
  }
  return numbers
}
