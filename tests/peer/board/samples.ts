import { type Item, type ItemId, isItemId, type Sketch } from '../../../peer/board/item.ts'
import { SCREEN, type SurfaceId } from '../../../protocol/board.ts'

export function itemId(name: string): ItemId {
  const id = name.padEnd(8, '_')
  if (!isItemId(id)) throw new Error(`${name} names no item`)
  return id
}

export const GRACE = { role: 'technician', name: 'Grace Hopper' } as const
export const CUSTOMER = { role: 'customer', name: '' } as const

export function step(order: number, surface: SurfaceId = SCREEN, by: Item['by'] = GRACE): Item {
  return { kind: 'step', at: { x: 10, y: 20 }, surface, by, colour: 1, width: 4, order }
}

/** As somebody draws it, without a place in the order. */
export function sketch(by: Item['by'] = GRACE, surface: SurfaceId = SCREEN): Sketch {
  return { kind: 'pen', points: new Uint16Array([100, 200, 128, 110, 190, 128]), surface, by, colour: 0, width: 4 }
}
