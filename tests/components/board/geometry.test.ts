import { describe, expect, test } from 'vitest'
import { boxOf, isHit, overlaps, union, WIDE } from '../../../components/board/geometry.ts'
import { GRID, type Item, type Shape, type Spot } from '../../../peer/board/item.ts'
import { sketch } from '../../peer/board/samples.ts'

/** A picture that is as high as it is wide: 10 units are a hundredth of it. */
const HIGH = WIDE
const at = (x: number, y: number): Spot => ({ x: Math.round((x / WIDE) * GRID), y: Math.round((y / WIDE) * GRID) })
const item = (shape: Shape): Item => {
  const { surface, by, colour, width } = sketch()
  return { ...shape, surface, by, colour, width, order: 1 }
}
const points = (...spots: [number, number][]) =>
  new Uint16Array(spots.flatMap(([x, y]) => [at(x, y).x, at(x, y).y, 128]))

describe.each<[string, Shape, [number, number][], [number, number][]]>([
  ['a stroke', { kind: 'pen', points: points([100, 100], [300, 100]) }, [[200, 103]], [[200, 130]]],
  ['a dot', { kind: 'pen', points: points([100, 100]) }, [[103, 103]], [[120, 100]]],
  ['an arrow', { kind: 'arrow', from: at(100, 100), to: at(300, 300) }, [[200, 205]], [[200, 250]]],
  [
    'a box, on its lines',
    { kind: 'rectangle', from: at(300, 300), to: at(100, 100) },
    [
      [100, 200],
      [200, 304],
    ],
    [[200, 200]],
  ],
  [
    'an ellipse, on its line',
    { kind: 'ellipse', from: at(100, 100), to: at(300, 200) },
    [[200, 100]],
    [
      [200, 150],
      [105, 105],
    ],
  ],
  ['a step, all over', { kind: 'step', at: at(500, 500) }, [[508, 495]], [[540, 500]]],
  ['a text, all over', { kind: 'text', at: at(500, 500), text: 'Here\nand there' }, [[540, 530]], [[500, 470]]],
])('S5 the eraser touches %s', (_, shape, hits, misses) => {
  const one = item(shape)
  test.each(hits)('at %d, %d', (x, y) => expect(isHit(one, { x, y }, HIGH, 6)).toBe(true))
  test.each(misses)('not at %d, %d', (x, y) => expect(isHit(one, { x, y }, HIGH, 6)).toBe(false))

  test('within what it covers', () => {
    const box = boxOf(one, HIGH)
    for (const [x, y] of hits) expect(overlaps(box, { left: x, right: x, top: y, bottom: y })).toBe(true)
  })
})

test('S5 a stroke of many points has a box', () => {
  const many = Array.from({ length: 4000 }, (_, n): [number, number] => [n / 8, 500 + (n % 7)])
  const { left, right } = boxOf(item({ kind: 'pen', points: points(...many) }), HIGH)
  expect(left).toBeLessThan(1)
  expect(right).toBeGreaterThan(499)
})

test('S5 what covers several covers each; nothing covers none', () => {
  const boxes = [
    { left: 1, top: 5, right: 2, bottom: 6 },
    { left: -3, top: 7, right: 0, bottom: 9 },
  ]
  expect(union(boxes)).toEqual({ left: -3, top: 5, right: 2, bottom: 9 })
  expect(union([])).toBeUndefined()
})
