import { type Item, type ItemId, isItemId } from '../../../peer/board/item.ts'
import { SCREEN } from '../../../protocol/board.ts'
import { randomFrom } from '../../support/mutate.ts'

/** Points of a hand that writes on a screen of 1920 × 1080, in pixels. */
export function handwriting(strokes: number, points: number): { x: number; y: number }[][] {
  const random = randomFrom(5000)
  return Array.from({ length: strokes }, () => {
    let [x, y, angle] = [random() * 1700 + 100, random() * 900 + 80, random() * 6.3]
    return Array.from({ length: points }, () => {
      angle += (random() - 0.5) * 0.9
      const step = 2 + random() * 8
      x = Math.min(1919, Math.max(0, x + Math.cos(angle) * step))
      y = Math.min(1079, Math.max(0, y + Math.sin(angle) * step))
      return { x, y }
    })
  })
}

export function strokeItem(points: readonly { x: number; y: number }[], order: number): Item {
  return {
    kind: 'pen',
    points: new Uint16Array(points.flatMap(({ x, y }) => [(x / 1920) * 16_383, (y / 1080) * 16_383, 128])),
    surface: SCREEN,
    by: { role: 'technician', name: 'Grace Hopper' },
    colour: order % 7,
    width: 4,
    order,
  }
}

export function numbered(order: number): ItemId {
  const id = `s${order}`.padEnd(8, '_')
  if (!isItemId(id)) throw new RangeError('too many strokes')
  return id
}
