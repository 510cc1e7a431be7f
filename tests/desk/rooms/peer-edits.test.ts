import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { peerEdits } from '../../../desk/rooms/peer-edits.ts'
import { readContent } from '../../../peer/apply-update.ts'

/** Each edit of a document as an update of its own. */
function editsOf(...edits: ((map: Y.Map<unknown>) => void)[]): Uint8Array[] {
  const document = new Y.Doc()
  const updates: Uint8Array[] = []
  document.on('update', (update) => updates.push(update))
  for (const edit of edits) edit(document.getMap('tickets'))
  return updates
}

test('what the mailbox brought as well is not appended again, in whatever parcels it came', () => {
  const updates = editsOf(
    (map) => map.set('one', 1),
    (map) => map.set('two', 2),
  )
  const edits = peerEdits()
  for (const update of updates) edits.hear(update)
  expect(edits.waiting).toBe(true)
  edits.brought(readContent(Y.mergeUpdates(updates))?.to ?? new Map())
  expect(edits.takeMissing()).toEqual([])
  expect(edits.waiting).toBe(false)
})

test('what it did not bring is left to whoever received it, deletions in any case', () => {
  const [set, removed] = editsOf(
    (map) => map.set('one', 1),
    (map) => map.delete('one'),
  )
  if (!set || !removed) throw new Error('two edits')
  const edits = peerEdits()
  edits.hear(set)
  expect(edits.takeMissing()).toEqual([set])
  edits.brought(readContent(set)?.to ?? new Map())
  edits.hear(removed)
  expect(edits.takeMissing()).toEqual([removed])
})
