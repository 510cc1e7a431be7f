import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { applyFromOutside } from '../../peer/apply-update.ts'

function written(text: string): Uint8Array {
  const document = new Y.Doc()
  document.getMap('tickets').set('one', { text })
  document.getArray('history').push([text, text])
  return Y.encodeStateAsUpdate(document)
}

test('an update is applied, one that is none is left out', () => {
  const document = new Y.Doc()
  expect(applyFromOutside(document, written('printer'), 'x')).toBeDefined()
  expect(document.getMap('tickets').toJSON()).toEqual({ one: { text: 'printer' } })
  expect(applyFromOutside(document, new Uint8Array(5 * 1024 * 1024), 'x')).toBeUndefined()
})

test('garbage, and updates with any byte changed, never throw, and leave the document usable', () => {
  const good = written('paper jam')
  const garbage = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.tuple(fc.nat(good.length - 1), fc.nat(255)).map(([at, byte]) => good.map((was, n) => (n === at ? byte : was))),
    fc.nat(good.length).map((length) => good.slice(0, length)),
  )
  fc.assert(
    fc.property(fc.array(garbage, { maxLength: 5 }), (updates) => {
      const document = new Y.Doc()
      for (const update of updates) applyFromOutside(document, update, 'x')
      document.getMap('own').set('mine', 1)
      const other = new Y.Doc()
      Y.applyUpdate(other, Y.encodeStateAsUpdate(document))
      expect(other.getMap('own').get('mine')).toBe(1)
    }),
    { numRuns: 300 },
  )
})

test('one with an empty struct, after which nobody could read the document, is left out', () => {
  const document = new Y.Doc()
  // A deleted item of length 0 in the map "x", as found by the fuzz.
  const empty = Uint8Array.from([1, 1, 5, 0, 0x21, 1, 1, 120, 1, 111, 0, 0])
  expect(Y.decodeUpdate(empty).structs).toMatchObject([{ length: 0 }])
  expect(applyFromOutside(document, empty, 'x')).toBeUndefined()
  expect(Y.encodeStateAsUpdate(document)).toEqual(Y.encodeStateAsUpdate(new Y.Doc()))
})
