import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from 'lib0/encoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { isMeshMessage } from '../../desk/rooms/mesh-guard.ts'
import { applyFromOutside } from '../../peer/apply-update.ts'
import { fuzzSeed, mutateBytes, oneOf, randomFrom } from '../support/mutate.ts'

const UPDATES = 100_000

/** Updates as the desk makes them: maps in maps, text with formats, lists, deletions. */
function validUpdates(): [Uint8Array, ...Uint8Array[]] {
  const document = new Y.Doc()
  const updates: Uint8Array[] = []
  document.on('update', (update: Uint8Array) => void updates.push(update))
  document.getMap('tickets').set('one', new Y.Map([['request', 'the printer hums']]))
  document.getText('notes').insert(0, 'A paragraph', { bold: true })
  document.getText('notes').delete(2, 4)
  document.getArray('history').push(['first', 2, { at: 3 }])
  document.getArray('history').delete(0, 1)
  document.getMap('tickets').delete('one')
  return [Y.encodeStateAsUpdate(document), ...updates]
}

/** What it took of this thread, in ms: another program that had the core meanwhile does not count. */
function cost(run: () => void): number {
  const before = process.threadCpuUsage()
  run()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1_000
}

test('100 000 mutated updates: none throws, none holds the desk up for 250 ms, and the document goes on', () => {
  const random = randomFrom(fuzzSeed())
  const valid = validUpdates()
  let document = new Y.Doc()
  let slowest = 0
  for (let count = 0; count < UPDATES; count++) {
    const update = mutateBytes(random, oneOf(random, valid))
    slowest = Math.max(
      slowest,
      cost(() => applyFromOutside(document, update, 'a colleague')),
    )
    if (count % 100 !== 99) continue
    document.getMap('own').set('mine', count)
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(document))
    expect(other.getMap('own').get('mine')).toBe(count)
    document = new Y.Doc()
  }
  expect(slowest).toBeLessThan(250)
}, 120_000)

test('100 000 mutated messages of the mesh are told apart without a throw, and none takes 250 ms', () => {
  const random = randomFrom(fuzzSeed())
  const messages = validUpdates().flatMap((update) => [messageOf(0, 2, update), messageOf(0, 1, update)])
  const valid: [Uint8Array, ...Uint8Array[]] = [messageOf(0, 0, Y.encodeStateVector(new Y.Doc())), ...messages]
  let slowest = 0
  let letIn = 0
  for (let count = 0; count < UPDATES; count++) {
    const message = mutateBytes(random, oneOf(random, valid))
    const took = cost(() => {
      if (isMeshMessage(message)) letIn += 1
    })
    slowest = Math.max(slowest, took)
  }
  expect(valid.every(isMeshMessage)).toBe(true)
  expect(letIn).toBeLessThan(UPDATES)
  expect(slowest).toBeLessThan(250)
}, 120_000)

function messageOf(kind: number, step: number, content: Uint8Array): Uint8Array {
  const encoder = createEncoder()
  writeVarUint(encoder, kind)
  writeVarUint(encoder, step)
  writeVarUint8Array(encoder, content)
  return toUint8Array(encoder)
}
