import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { isWhole } from '../../../desk/rooms/mailbox-plan.ts'
import { splitUpdate } from '../../../desk/rooms/split-update.ts'
import { readContent } from '../../../peer/apply-update.ts'

/** So small that each part has a few edits. */
const SMALL = 60

const WORDS = ['a', 'printer', '😀😀😀😀😀😀😀😀😀😀', 'long '.repeat(40)]

type Edit = { who: number; what: number; where: number; with: number }

/** Browsers that write, delete and read each other's changes now and then; what they all have in the end. */
function written(edits: readonly Edit[]): Y.Doc {
  const browsers = [1, 2, 3].map((clientID) => Object.assign(new Y.Doc(), { clientID }))
  for (const edit of edits) make(browsers, edit)
  const all = browsers[0] as Y.Doc
  for (const other of browsers) Y.applyUpdate(all, Y.encodeStateAsUpdate(other))
  return all
}

function make(browsers: readonly Y.Doc[], { who, what, where, with: other }: Edit) {
  const document = browsers[who % 3] as Y.Doc
  const [map, text, list] = [document.getMap('tickets'), document.getText('notes'), document.getArray('history')]
  const word = WORDS[other % WORDS.length] ?? ''
  const place = (length: number) => (length === 0 ? 0 : where % length)
  switch (what % 9) {
    case 0:
      return map.set(`key ${where % 5}`, { word, other })
    case 1:
      return map.delete(`key ${where % 5}`)
    case 2:
      return text.insert(place(text.length), word)
    case 3:
      return text.length > 0 && text.delete(place(text.length), Math.min(3, text.length - place(text.length)))
    case 4:
      return list.insert(place(list.length), [word, other, new Uint8Array([other])])
    case 5:
      return list.length > 0 && list.delete(place(list.length))
    case 6:
      return map.set(`inside ${where % 3}`, new Y.Map([[word.slice(0, 4), other]]))
    case 7: {
      const inside = map.get(`inside ${where % 3}`)
      return inside instanceof Y.Map && inside.set(`${other % 3}`, word)
    }
    default:
      return Y.applyUpdate(browsers[other % 3] as Y.Doc, Y.encodeStateAsUpdate(document))
  }
}

const number = fc.nat({ max: 200 })
const edits = fc.array(fc.record({ who: number, what: number, where: number, with: number }), { maxLength: 60 })

const contentOf = (document: Y.Doc) => [
  document.getMap('tickets').toJSON(),
  document.getText('notes').toDelta(),
  document.getArray('history').toJSON(),
]

function same(one: Y.Doc, other: Y.Doc) {
  expect(contentOf(one)).toEqual(contentOf(other))
  expect(Y.equalSnapshots(Y.snapshot(one), Y.snapshot(other))).toBe(true)
  expect(isWhole(one)).toBe(true)
}

test('in their order each part applies, and together they are the document', () => {
  fc.assert(
    fc.property(edits, (made) => {
      const document = written(made)
      const read = new Y.Doc()
      for (const part of splitUpdate(Y.encodeStateAsUpdate(document), SMALL)) {
        expect(readContent(part)).toBeDefined()
        Y.applyUpdate(read, part)
        expect(isWhole(read)).toBe(true)
      }
      same(read, document)
    }),
    { numRuns: 100 },
  )
})

test('in any order, and one of them twice, they are the same document', () => {
  fc.assert(
    fc.property(edits, fc.infiniteStream(fc.nat()), (made, random) => {
      const document = written(made)
      const parts = [...splitUpdate(Y.encodeStateAsUpdate(document), SMALL)]
      const keys = new Map(parts.map((part) => [part, random.next().value]))
      const read = new Y.Doc()
      for (const part of parts.toSorted((one, other) => (keys.get(one) ?? 0) - (keys.get(other) ?? 0))) {
        Y.applyUpdate(read, part)
      }
      for (const part of parts.slice(0, 1)) Y.applyUpdate(read, part)
      same(read, document)
      const merged = new Y.Doc()
      Y.applyUpdate(merged, Y.mergeUpdates(parts))
      same(merged, document)
    }),
    { numRuns: 100 },
  )
})

test('what one browser has more than another is split as well, with what it deletes of the other’s', () => {
  fc.assert(
    fc.property(edits, edits, (before, after) => {
      const old = written(before)
      const document = new Y.Doc()
      Y.applyUpdate(document, Y.encodeStateAsUpdate(old))
      for (const edit of after) make([document, document, document], edit)
      const more = Y.encodeStateAsUpdate(document, Y.encodeStateVector(old))
      for (const part of splitUpdate(more, SMALL)) {
        Y.applyUpdate(old, part)
        expect(isWhole(old)).toBe(true)
      }
      same(old, document)
    }),
    { numRuns: 100 },
  )
})

test('what waits for somebody else’s changes still waits, and nothing of it is lost', () => {
  fc.assert(
    fc.property(edits, fc.nat(), (made, lost) => {
      const updates: Uint8Array[] = []
      const document = new Y.Doc()
      document.on('update', (update) => updates.push(update))
      for (const edit of made) make([document, document, document], edit)
      const missing = updates[lost % Math.max(1, updates.length)]
      const half = new Y.Doc()
      for (const update of updates) if (update !== missing) Y.applyUpdate(half, update)
      const read = new Y.Doc()
      for (const part of splitUpdate(Y.encodeStateAsUpdate(half), SMALL)) Y.applyUpdate(read, part)
      expect(contentOf(read)).toEqual(contentOf(half))
      if (missing) Y.applyUpdate(read, missing)
      same(read, document)
    }),
    { numRuns: 100 },
  )
})

test('two deletions of what has not come yet are both done when it comes', () => {
  const updates: Uint8Array[] = []
  const document = new Y.Doc()
  document.on('update', (update) => updates.push(update))
  document.getMap('tickets').set('key', 'long '.repeat(20))
  document.getArray('history').insert(0, ['first', 'second', 'third'])
  document.getArray('history').delete(2)
  document.getArray('history').delete(0)
  const [written, missing, ...deletions] = updates as [Uint8Array, Uint8Array, ...Uint8Array[]]
  const read = new Y.Doc()
  for (const part of splitUpdate(Y.mergeUpdates([written, ...deletions]), SMALL)) Y.applyUpdate(read, part)
  Y.applyUpdate(read, missing)
  same(read, document)
})

test('a short update stays as it is', () => {
  const update = Y.encodeStateAsUpdate(written([{ who: 1, what: 2, where: 0, with: 1 }]))
  expect([...splitUpdate(update)]).toEqual([update])
})

test('parts are no longer than twice what is asked for; a long text is cut between characters', () => {
  const document = new Y.Doc()
  const text = `a${'😀'.repeat(10_000)}`
  document.getText('notes').insert(0, text)
  document.getArray('history').push(Array.from({ length: 5_000 }, (_, n) => `entry ${n}`))
  const map = document.getMap<string>('tickets')
  document.transact(() => {
    for (let n = 0; n < 2_000; n++) map.set(`key ${n}`, 'x'.repeat(100))
    for (let n = 0; n < 2_000; n += 2) map.delete(`key ${n}`)
  })
  const parts = [...splitUpdate(Y.encodeStateAsUpdate(document), 10_000)]
  expect(parts.length).toBeGreaterThan(10)
  for (const part of parts) expect(part.byteLength).toBeLessThanOrEqual(20_000)
  const read = new Y.Doc()
  for (const part of parts) Y.applyUpdate(read, part)
  expect(read.getText('notes').toString() === text).toBe(true)
  same(read, document)
})

test('one value that is longer than a part stays whole', () => {
  const document = new Y.Doc()
  document.getMap('tickets').set('long', 'x'.repeat(3 * SMALL))
  document.getMap('tickets').set('short', 1)
  const parts = [...splitUpdate(Y.encodeStateAsUpdate(document), SMALL)]
  const read = new Y.Doc()
  for (const part of parts) Y.applyUpdate(read, part)
  same(read, document)
})
