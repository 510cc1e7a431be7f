import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { gather } from '../../../desk/rooms/gathered.ts'
import { missingThere } from '../../../desk/rooms/mailbox-plan.ts'
import { readContent } from '../../../peer/apply-update.ts'

/** A document that was written in so many steps, and each of them as an update. */
function write(steps: ((map: Y.Map<unknown>) => void)[]) {
  const document = new Y.Doc()
  const updates: Uint8Array[] = []
  document.on('update', (update: Uint8Array) => updates.push(update))
  for (const step of steps) step(document.getMap('tickets'))
  return { document, updates }
}

function gathered(updates: readonly Uint8Array[]): Y.Snapshot {
  const all = gather()
  for (const update of updates) {
    const content = readContent(update)
    if (!content) throw new Error('no update')
    all.add(content)
  }
  return all.snapshot()
}

const set = (key: string) => (map: Y.Map<unknown>) => void map.set(key, key)
const deleteKey = (key: string) => (map: Y.Map<unknown>) => map.delete(key)

test('whoever has all updates, in any order and more than once, lacks nothing', () => {
  const { document, updates } = write([set('one'), set('two'), deleteKey('one'), set('two'), set('three')])
  const then = Y.snapshot(document)
  for (const all of [updates, updates.toReversed(), [...updates, ...updates], [Y.encodeStateAsUpdate(document)]]) {
    expect(missingThere(document, then, gathered(all))).toBeUndefined()
  }
})

test('whatever one is left out, the rest and what is missing make the document', () => {
  const { document, updates } = write([set('one'), set('two'), deleteKey('one'), set('three'), deleteKey('three')])
  const then = Y.snapshot(document)
  for (const [left] of updates.entries()) {
    const rest = updates.filter((_, index) => index !== left)
    const missing = missingThere(document, then, gathered(rest))
    const copy = new Y.Doc()
    for (const update of [...rest, missing ?? new Uint8Array()]) Y.applyUpdate(copy, update)
    expect(Y.equalSnapshots(Y.snapshot(copy), then)).toBe(true)
  }
})

test('what came later than the moment that counts is not missing', () => {
  const { document, updates } = write([set('one'), set('two')])
  const then = Y.snapshot(document)
  document.getMap('tickets').set('three', 3)
  expect(missingThere(document, then, gathered(updates.slice(0, 2)))).toBeUndefined()
})
