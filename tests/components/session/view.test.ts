import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actual, FIT, pan, place, scaleOf, type View, zoom, zoomBy } from '../../../components/session/view.ts'

const stage = { width: 1000, height: 600 }
const picture = { width: 2000, height: 1000 }

describe('place', () => {
  test('fit shows all of it, in the middle', () => {
    expect(place(FIT, stage, picture)).toEqual({ x: 0, y: 50, width: 1000, height: 500 })
  })

  test('what is larger than the stage leaves no edge free', () => {
    const view: View = { kind: 'zoom', scale: 1, at: { x: 0, y: 0 } }
    expect(place(view, stage, picture)).toEqual({ x: 0, y: 0, width: 2000, height: 1000 })
    const end: View = { kind: 'zoom', scale: 1, at: { x: 9999, y: 9999 } }
    expect(place(end, stage, picture)).toMatchObject({ x: -1000, y: -400 })
  })

  test('a picture of another size keeps the scale', () => {
    const view: View = { kind: 'zoom', scale: 1, at: { x: 1000, y: 500 } }
    expect(place(view, stage, { width: 500, height: 300 })).toEqual({ x: 250, y: 150, width: 500, height: 300 })
  })
})

test('actual size is one pixel for one, whatever the screen’s ratio', () => {
  expect(scaleOf(actual(FIT, stage, picture, 1), stage, picture)).toBe(1)
  expect(scaleOf(actual(FIT, stage, picture, 2), stage, picture)).toBe(0.5)
})

test('zooming keeps the point under the pointer, where there is room', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 900 }), fc.integer({ min: 100, max: 500 }), (x, y) => {
      const under = { x, y }
      const before: View = { kind: 'zoom', scale: 2, at: { x: 1000, y: 500 } }
      const after = zoom(before, stage, picture, 1, under)
      const was = place(before, stage, picture)
      const is = place(after, stage, picture)
      expect((x - is.x) / scaleOf(after, stage, picture)).toBeCloseTo((x - was.x) / 2, 6)
      expect((y - is.y) / scaleOf(after, stage, picture)).toBeCloseTo((y - was.y) / 2, 6)
    }),
  )
})

test('zooming out ends at all of it, and zooming in at eight times', () => {
  expect(zoomBy({ kind: 'zoom', scale: 1, at: { x: 0, y: 0 } }, stage, picture, 0.01, { x: 0, y: 0 })).toEqual(FIT)
  expect(scaleOf(zoomBy(FIT, stage, picture, 1000, { x: 0, y: 0 }), stage, picture)).toBe(8)
})

test('it is moved as far as there is some of it, and comes back at once', () => {
  let view: View = { kind: 'zoom', scale: 1, at: { x: 1000, y: 500 } }
  view = pan(view, stage, picture, { x: 5000, y: 0 })
  expect(place(view, stage, picture).x).toBe(0)
  view = pan(view, stage, picture, { x: -10, y: 0 })
  expect(place(view, stage, picture).x).toBe(-10)
  expect(pan(FIT, stage, picture, { x: 5, y: 5 })).toBe(FIT)
})
