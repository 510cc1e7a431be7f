import type { SurfaceId } from '../../protocol/board.ts'
import type { Item, ItemId, Sketch, Spot } from './item.ts'
import { type LaserSpot, lit } from './live-drawings.ts'
import { type LiveSender, liveSender } from './live-sender.ts'

/** What is being drawn here just now: kept for whoever paints it, and told to the other side. It is in no document. */
export type OwnDrawings = LiveSender & {
  readonly drawings: ReadonlyMap<ItemId, Item>
  readonly laser: readonly LaserSpot[]
  onChange(changed: () => void, signal: AbortSignal): void
}

export function ownDrawings(): OwnDrawings {
  const changes = new EventTarget()
  const sender = liveSender()
  const drawings = new Map<ItemId, Item>()
  let laser: LaserSpot[] = []
  const changed = () => changes.dispatchEvent(new Event('change'))

  return {
    drawings,
    get laser() {
      return laser
    },
    draw(id: ItemId, sketch: Sketch) {
      drawings.set(id, { ...sketch, order: 0 })
      sender.draw(id, sketch)
      changed()
    },
    end(id) {
      drawings.delete(id)
      sender.end(id)
      changed()
    },
    shine(surface: SurfaceId, colour: number, spot: Spot) {
      laser = lit(laser, [{ ...spot, surface, colour }])
      sender.shine(surface, colour, spot)
      changed()
    },
    use: sender.use,
    onChange: (hear, signal) => changes.addEventListener('change', hear, { signal }),
  }
}
