import { EventEmitter } from 'node:events'
import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding'
import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from 'lib0/encoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { guardPeer, isMeshMessage } from '../../../desk/rooms/mesh-guard.ts'

function messageOf(content: Uint8Array, ...kinds: number[]): Uint8Array {
  const encoder = createEncoder()
  for (const kind of kinds) writeVarUint(encoder, kind)
  writeVarUint8Array(encoder, content)
  return toUint8Array(encoder)
}

function updateOf(text: string): Uint8Array {
  const document = new Y.Doc()
  document.getMap('tickets').set('one', text)
  return Y.encodeStateAsUpdate(document)
}

const SYNC = 0
const sync = (step: number, content: Uint8Array) => messageOf(content, SYNC, step)

test('what y-webrtc says is told from what it does not', () => {
  const good = updateOf('printer')
  const meant = [
    sync(0, Y.encodeStateVector(new Y.Doc())),
    sync(1, good),
    sync(2, good),
    messageOf(good, 1),
    Uint8Array.of(3),
  ]
  expect(meant.map(isMeshMessage)).toEqual([true, true, true, true, true])
  const not = [
    Uint8Array.of(),
    Uint8Array.of(9),
    // A browser speaks of its own tabs on another way.
    Uint8Array.of(4, 1),
    sync(3, good),
    sync(2, good.slice(0, 9)),
    sync(2, new Uint8Array(5 * 1024 * 1024)),
    Uint8Array.of(...sync(2, good), 0),
    Uint8Array.of(0, 2, 0xff, 0xff, 0xff, 0xff),
  ]
  expect(not.map(isMeshMessage)).toEqual(not.map(() => false))
})

test('a message that is none ends its own connection, throws nowhere, and changes nothing', () => {
  const document = new Y.Doc()
  const peer = new EventEmitter<{ data: [Uint8Array] }>()
  peer.on('data', (bytes: Uint8Array) => {
    const decoder = createDecoder(bytes)
    readVarUint(decoder)
    if (readVarUint(decoder) > 0) Y.applyUpdate(document, readVarUint8Array(decoder))
    else Y.encodeStateAsUpdate(document, readVarUint8Array(decoder))
  })
  let ended = 0
  const destroy = () => {
    ended += 1
  }
  guardPeer({ peer, destroy })
  peer.emit('data', sync(2, updateOf('printer')))
  expect(document.getMap('tickets').toJSON()).toEqual({ one: 'printer' })
  expect(ended).toBe(0)
  peer.emit('data', sync(2, updateOf('x').slice(0, 7)))
  // A state vector that promises more than it has: only its reader notices.
  peer.emit('data', sync(0, Uint8Array.of(200, 1)))
  expect(ended).toBe(2)
  expect(document.getMap('tickets').toJSON()).toEqual({ one: 'printer' })
})
