import * as v from 'valibot'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openFileStreams } from '../../../peer/files/file-streams.ts'
import type { Work } from '../../../peer/files/file-wire.ts'
import { createReceiver } from '../../../peer/files/receive.ts'
import { decodeRecords, encodeRecord, type FileRecord } from '../../../peer/files/records.ts'
import { createSender } from '../../../peer/files/send.ts'
import { joinBytes } from '../../../peer/join-bytes.ts'
import { randomId } from '../../../peer/random-id.ts'
import { sleep } from '../../../peer/sleep.ts'
import { TransferId } from '../../../protocol/files.ts'
import { memoryFile, memorySink } from './memory-files.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => life.abort())

/** A link for files whose other end says what it likes. */
function hostile(work: Work, sendFrame: (...sent: unknown[]) => Promise<void> = async () => {}) {
  const id = v.parse(TransferId, randomId())
  const fail = vi.fn()
  const lose = vi.fn()
  const streams = openFileStreams({
    role: 'technician',
    link: () => undefined,
    works: new Map([[id, work]]),
    channel: { send() {}, sendFrame },
    transfers: () => [],
    changes: new EventTarget(),
    happened() {},
    finished() {},
    fail,
    lose,
    signal: life.signal,
  })
  const say = (stream: number, record: FileRecord) =>
    streams.hear({ sequence: 0, type: 'file', stream, payload: joinBytes(encodeRecord(record)) })
  return { id, fail, lose, streams, say }
}

const receives = (): Work => ({
  kind: 'receives',
  receiver: createReceiver({ sink: memorySink().sink, count: 1, limit: 10, refuses: () => undefined }),
})

test('one transfer on many streams, each with a window of its own, is refused', () => {
  const { id, say, lose, fail } = hostile(receives())
  say(2, { kind: 'transfer', id })
  expect(lose).not.toHaveBeenCalled()
  say(4, { kind: 'transfer', id })
  expect(lose).toHaveBeenCalledOnce()
  expect(fail).not.toHaveBeenCalled()
})

test('a transfer whose records make no sense ends, and is not begun again on link after link', async () => {
  const { id, say, lose, fail } = hostile(receives())
  say(2, { kind: 'transfer', id })
  say(2, { kind: 'finish' })
  await vi.waitFor(() => expect(lose).toHaveBeenCalledOnce())
  expect(fail).toHaveBeenCalledWith(id, 'failed')
})

test('a receiver that makes no sense ends the transfer too', () => {
  const { id, say, lose, fail, streams } = hostile({ kind: 'sends', sender: createSender([memoryFile('a', 10)]) })
  streams.carry([{ id } as never])
  say(3, { kind: 'kept', bytes: 99 })
  expect(lose).toHaveBeenCalledOnce()
  expect(fail).toHaveBeenCalledWith(id, 'failed')
})

test('a sender that cannot go on says so', async () => {
  const work: Work = { kind: 'sends', sender: createSender([memoryFile('a', 10)]) }
  const { id, fail, streams } = hostile(work, () => Promise.reject(new Error('out of memory')))
  streams.carry([{ id } as never])
  await vi.waitFor(() => expect(fail).toHaveBeenCalledWith(id, 'failed'))
})

test('a probe is answered at once; more than one in a frame, or an answer to none, ends the link', () => {
  const answers: unknown[] = []
  const { say, lose, streams } = hostile(receives(), async (_type, _stream, parts) => {
    answers.push(...decodeRecords(joinBytes(v.parse(v.array(v.instance(Uint8Array)), parts))))
  })
  say(2, { kind: 'probe' })
  expect(answers).toEqual([{ kind: 'echo', at: expect.any(Number) }])
  expect(lose).not.toHaveBeenCalled()
  const two = joinBytes([...encodeRecord({ kind: 'probe' }), ...encodeRecord({ kind: 'probe' })])
  streams.hear({ sequence: 0, type: 'file', stream: 2, payload: two })
  expect(lose).toHaveBeenCalledOnce()
  say(2, { kind: 'echo', at: 0 })
  expect(lose).toHaveBeenCalledTimes(2)
})

test('probes whose answers nobody fetches end the link', () => {
  const { say, lose } = hostile(receives(), () => new Promise(() => {}))
  for (let probe = 0; probe < 100; probe += 1) say(2, { kind: 'probe' })
  expect(lose).not.toHaveBeenCalled()
  say(2, { kind: 'probe' })
  expect(lose).toHaveBeenCalledOnce()
})

test('no more goes out than the window while nothing is answered', async () => {
  let bytes = 0
  const work: Work = { kind: 'sends', sender: createSender([memoryFile('a', 1_000_000)]) }
  const { id, say, streams } = hostile(work, async (...[, , parts]) => {
    bytes += joinBytes(v.parse(v.array(v.instance(Uint8Array)), parts)).length
  })
  streams.carry([{ id } as never])
  say(3, { kind: 'resume', index: 0, offset: 0 })
  await vi.waitFor(() => expect(bytes).toBeGreaterThan(4096))
  await sleep(50)
  const before = bytes
  expect(before).toBeLessThan(16 * 1024)
  // Of the greeting, and of the first bytes.
  say(3, { kind: 'echo', at: 0 })
  say(3, { kind: 'echo', at: 0 })
  await vi.waitFor(() => expect(bytes).toBeGreaterThan(before))
})
