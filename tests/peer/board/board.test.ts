import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type BoardChange, itemsOf, openBoard } from '../../../peer/board/board.ts'
import { BLANK, SCREEN } from '../../../protocol/board.ts'
import { MAX_BOARD_BYTES } from '../../../protocol/limits.ts'
import { CUSTOMER, itemId, sketch } from './samples.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => life.abort())

/** Two who draw on one board. */
function two() {
  const [mine, yours] = [new Y.Doc(), new Y.Doc()]
  mine.on('update', (update, origin) => origin !== yours && Y.applyUpdate(yours, update, mine))
  yours.on('update', (update, origin) => origin !== mine && Y.applyUpdate(mine, update, yours))
  return { mine, me: openBoard(mine, life.signal), you: openBoard(yours, life.signal) }
}

const [a, b, c] = [itemId('a'), itemId('b'), itemId('c')]

test('S5 what one draws the other sees, above what was there', () => {
  const { me, you } = two()
  me.add(a, sketch())
  you.add(b, sketch(CUSTOMER))
  expect([...me.items.keys()]).toEqual([a, b])
  expect(me.items.get(b)?.order).toBe(2)
  expect(you.items).toEqual(me.items)
})

test('S5 undo takes back one’s own, step by step, and nothing of the other’s; redo brings it again', () => {
  const { me, you } = two()
  for (const id of [a, c]) {
    me.newStep()
    me.add(id, sketch())
  }
  you.add(b, sketch(CUSTOMER))
  me.undo()
  expect([...you.items.keys()]).toEqual([a, b])
  me.undo()
  expect([...you.items.keys()]).toEqual([b])
  expect(me.canUndo).toBe(false)
  me.undo()
  expect([...you.items.keys()]).toEqual([b])
  me.redo()
  expect([...you.items.keys()].sort()).toEqual([a, b])
})

test('S5 what was cleared, the other’s too, comes back with one undo; another surface is left alone', () => {
  const { me, you } = two()
  me.add(a, sketch())
  you.add(b, sketch(CUSTOMER))
  me.add(c, sketch(undefined, BLANK))
  me.clear(SCREEN)
  expect([...you.items.keys()]).toEqual([c])
  me.undo()
  expect([...you.items.keys()].sort()).toEqual([a, b, c])
})

test('S5 tells what came and went, and from whom', () => {
  const { me, you } = two()
  const heard: BoardChange[] = []
  me.onChange((change) => heard.push(change), life.signal)
  me.add(a, sketch())
  you.add(b, sketch(CUSTOMER))
  you.erase([a, c])
  expect(heard).toEqual([
    { added: [a], removed: [], by: 'me' },
    { added: [b], removed: [], by: 'others' },
    { added: [], removed: [a], by: 'others' },
  ])
})

test('S5 what is no item is passed over', () => {
  const { mine, me } = two()
  for (const [key, value] of [
    ['short', 1],
    [a, 'text'],
    [b, new Uint8Array([9, 9])],
    ['x'.repeat(99), new Y.Map()],
  ] as const) {
    itemsOf(mine).set(key, value)
  }
  expect(me.items.size).toBe(0)
  expect(me.add(c, sketch())).toBe(true)
})

test('S5 a board that is full takes nothing more, until something is erased', () => {
  const { me } = two()
  const points = new Uint16Array(3 * 4000).map((_, at) => (at % 3 === 2 ? 128 : (at * 7919) % 16_000))
  let count = 0
  while (me.add(itemId(`n${count}`), { ...sketch(), kind: 'pen', points })) count += 1
  expect(count * 4000 * 4).toBeLessThan(MAX_BOARD_BYTES * 1.4)
  expect(count).toBeGreaterThan(50)
  me.erase([itemId('n0')])
  expect(me.add(a, { ...sketch(), kind: 'pen', points })).toBe(true)
})
