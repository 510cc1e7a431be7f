import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { COLOURS, GRID, type Item, MAX_ORDER, MAX_WIDTH } from '../../../peer/board/item.ts'
import { decodeItem, encodeItem } from '../../../peer/board/item-bytes.ts'
import { SurfaceId } from '../../../protocol/board.ts'
import { MAX_BOARD_TEXT, MAX_STROKE_POINTS } from '../../../protocol/limits.ts'
import { mutateBytes, randomFrom } from '../../support/mutate.ts'
import { GRACE, sketch, step } from './samples.ts'

const coordinate = fc.integer({ min: 0, max: GRID })
const spot = fc.record({ x: coordinate, y: coordinate })
const points = fc
  .array(fc.tuple(coordinate, coordinate, fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 60 })
  .map((triples) => new Uint16Array(triples.flat()))
const shape = fc.oneof(
  fc.record({ kind: fc.constantFrom('pen' as const, 'highlighter' as const), points }),
  fc.record({
    kind: fc.constantFrom('arrow' as const, 'rectangle' as const, 'ellipse' as const),
    from: spot,
    to: spot,
  }),
  fc.record({
    kind: fc.constant('text' as const),
    at: spot,
    text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
  }),
  fc.record({ kind: fc.constant('step' as const), at: spot }),
)
const about = fc.record({
  surface: fc.stringMatching(/^[A-Za-z0-9_-]{1,32}$/).map((name) => v.parse(SurfaceId, name)),
  by: fc.record({
    role: fc.constantFrom('technician' as const, 'customer' as const),
    name: fc.string({ unit: 'grapheme', maxLength: 30 }),
  }),
  colour: fc.integer({ min: 0, max: COLOURS - 1 }),
  width: fc.integer({ min: 1, max: MAX_WIDTH }),
  order: fc.integer({ min: 0, max: MAX_ORDER }),
})
const item: fc.Arbitrary<Item> = fc.tuple(shape, about).map(([drawn, rest]) => ({ ...drawn, ...rest }))

test('S5 an item is the same after its bytes', () => {
  fc.assert(
    fc.property(item, (one) => {
      expect(decodeItem(encodeItem(one))).toEqual(one)
    }),
  )
})

test('S5 fifty points of a hand on a screen take less than four bytes each, with whose they are', () => {
  const random = randomFrom(7)
  const drawn = new Uint16Array(150)
  let [x, y] = [8000, 8000]
  for (let at = 0; at < drawn.length; at += 3) {
    x += Math.round((random() - 0.5) * 160)
    y += Math.round((random() - 0.5) * 160)
    drawn.set([x, y, 128], at)
  }
  const bytes = encodeItem({ ...sketch(), kind: 'pen', points: drawn, order: 4000 })
  expect(bytes.length).toBeLessThan(50 * 4)
})

test.each<[string, Item]>([
  ['a colour that there is not', { ...step(1), colour: COLOURS }],
  ['a line without a width', { ...step(1), width: 0 }],
  ['a line as wide as the picture', { ...step(1), width: MAX_WIDTH + 1 }],
  ['an order beyond all others', { ...step(1), order: MAX_ORDER + 1 }],
  ['a place outside of the picture', { ...step(1), kind: 'step', at: { x: GRID + 1, y: 0 } }],
  ['a text without end', { ...step(1), kind: 'text', at: { x: 1, y: 1 }, text: 'x'.repeat(MAX_BOARD_TEXT + 1) }],
  ['an empty text', { ...step(1), kind: 'text', at: { x: 1, y: 1 }, text: '' }],
  ['a name without end', { ...step(1), by: { ...GRACE, name: 'x'.repeat(201) } }],
  ['a stroke of no points', { ...sketch(), kind: 'pen', points: new Uint16Array(0), order: 1 }],
  ['a stroke without end', { ...sketch(), kind: 'pen', points: new Uint16Array(3 * MAX_STROKE_POINTS + 3), order: 1 }],
])('S5 %s is no item', (_, bad) => {
  expect(decodeItem(encodeItem(bad))).toBeUndefined()
})

test('S5 whatever the bytes are: it is an item that could be drawn, or none, and nothing is thrown', () => {
  const seed = fc.integer()
  fc.assert(
    fc.property(item, seed, (valid, wounds) => {
      const read = decodeItem(mutateBytes(randomFrom(wounds), encodeItem(valid)))
      if (read) expect(decodeItem(encodeItem(read))).toEqual(read)
    }),
    { numRuns: 2000 },
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void decodeItem(bytes)),
    { numRuns: 2000 },
  )
})
