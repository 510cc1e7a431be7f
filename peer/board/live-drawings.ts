import type { SurfaceId } from '../../protocol/board.ts'
import type { Role } from '../../protocol/ids.ts'
import { MAX_STROKE_POINTS } from '../../protocol/limits.ts'
import { type Item, type ItemId, type Spot, STRIDE, type Stroke } from './item.ts'
import { decodeLive, type LiveWord } from './live-bytes.ts'

/** A spot of light, and when it was seen here (`performance.now`). It fades. */
export type LaserSpot = Spot & { surface: SurfaceId; colour: number; at: number }

/** How long a laser's spot is seen, in ms. */
export const LASER_MS = 1200

/** With these, without those that have faded. */
export function lit(before: readonly LaserSpot[], spots: readonly Omit<LaserSpot, 'at'>[]): LaserSpot[] {
  const at = performance.now()
  return [...before, ...spots.map((spot) => ({ ...spot, at }))]
    .filter((spot) => at - spot.at < LASER_MS)
    .slice(-MAX_SPOTS)
}

/** A person draws one thing at a time; a hand that rests on a screen may begin some more. */
const MAX_AT_ONCE = 8
const MAX_SPOTS = 400

/** What the other side is drawing just now. It is in no document. */
export type LiveDrawings = {
  readonly drawings: ReadonlyMap<ItemId, Item>
  readonly laser: readonly LaserSpot[]
  /** @param from whose side the bytes come from. @returns false for what no page of ours says. */
  hear(bytes: Uint8Array, from: Role): boolean
  /** These are in the document now. */
  finished(ids: readonly ItemId[]): void
  /** The link is cut, or drawing is not allowed any more. */
  forget(): void
  onChange(changed: () => void, signal: AbortSignal): void
}

export function liveDrawings(): LiveDrawings {
  const changes = new EventTarget()
  const drawings = new Map<ItemId, Item>()
  let laser: LaserSpot[] = []
  const changed = () => changes.dispatchEvent(new Event('change'))

  function hearWord(word: LiveWord, from: Role): boolean {
    switch (word.kind) {
      case 'drawing':
        if (word.item.by.role !== from) return false
        if (!drawings.has(word.id) && drawings.size >= MAX_AT_ONCE) return false
        drawings.set(word.id, word.item)
        return true
      case 'more': {
        const before = drawings.get(word.id)
        // Its beginning was said before drawing was allowed, or it was too long.
        if (before?.kind !== 'pen' && before?.kind !== 'highlighter') return true
        const grown = longer(before, word.points)
        if (grown) drawings.set(word.id, { ...before, ...grown })
        return grown !== undefined
      }
      case 'gone':
        drawings.delete(word.id)
        return true
      case 'laser': {
        const { surface, colour } = word
        laser = lit(
          laser,
          word.spots.map((spot) => ({ ...spot, surface, colour })),
        )
        return true
      }
    }
  }

  return {
    drawings,
    get laser() {
      return laser
    },
    hear(bytes, from) {
      const words = decodeLive(bytes)
      const understood = words?.every((word) => hearWord(word, from)) ?? false
      changed()
      return understood
    },
    finished(ids) {
      const before = drawings.size
      for (const id of ids) drawings.delete(id)
      if (drawings.size !== before) changed()
    },
    forget() {
      drawings.clear()
      laser = []
      changed()
    },
    onChange: (hear, signal) => changes.addEventListener('change', hear, { signal }),
  }
}

/** @returns undefined where it would be longer than a stroke may be. */
export function longer(stroke: Stroke, more: Stroke['points']): Stroke | undefined {
  if ((stroke.points.length + more.length) / STRIDE > MAX_STROKE_POINTS) return undefined
  const points = new Uint16Array(stroke.points.length + more.length)
  points.set(stroke.points)
  points.set(more, stroke.points.length)
  return { kind: stroke.kind, points }
}
