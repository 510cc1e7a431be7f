import { expect, test } from 'vitest'
import { createReceiver } from '../../../peer/files/receive.ts'
import { decodeRecords } from '../../../peer/files/records.ts'
import { createSender } from '../../../peer/files/send.ts'
import { joinBytes } from '../../../peer/join-bytes.ts'
import { FILE_PIECE, MAX_FRAME_PAYLOAD } from '../../../protocol/limits.ts'
import { memoryFile, memorySink } from './memory-files.ts'

test('frames are full, but for the last', async () => {
  const lengths: number[] = []
  for await (const { frame } of createSender([memoryFile('a', 4 * FILE_PIECE + 9)]).frames({ index: 0, offset: 0 })) {
    lengths.push(joinBytes(frame).length)
  }
  expect(Math.min(...lengths.slice(0, -1))).toBeGreaterThan(MAX_FRAME_PAYLOAD - 300)
})

test('files come whole in frames of any size, and of another one each time', async () => {
  const files = [memoryFile('a', 3 * FILE_PIECE + 70_000), memoryFile('b', 300), memoryFile('c', 2000)]
  const { sink, kept } = memorySink()
  const receiver = createReceiver({ sink, count: 3, limit: 4 * FILE_PIECE, refuses: () => undefined })
  const sizes = [1024, 65_000, 1100, 5000]
  let frames = 0
  const wanted = () => sizes[frames % sizes.length] ?? 0
  for await (const { frame } of createSender(files).frames(await receiver.position(), wanted)) {
    const whole = joinBytes(frame)
    expect(whole.length).toBeLessThanOrEqual(wanted())
    frames += 1
    for (const record of decodeRecords(whole)) await receiver.take(record)
  }
  for (const [index, name] of ['a', 'b', 'c'].entries()) {
    const file = files[index]
    const there = kept.get(name)
    expect(file && there && Buffer.compare(there, await file.read(0, file.size)), name).toBe(0)
  }
})
