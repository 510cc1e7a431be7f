import { expect, test } from 'vitest'
import { createReceiver } from '../../../peer/files/receive.ts'
import { decodeRecords } from '../../../peer/files/records.ts'
import { createSender, hashesBefore, type Position, type Sender } from '../../../peer/files/send.ts'
import { joinBytes } from '../../../peer/join-bytes.ts'
import { FILE_PIECE } from '../../../protocol/limits.ts'
import { memoryFile, memorySink } from './memory-files.ts'

test('L3 S12 another sender of the same file goes on where the first one stopped, and the mark is still checked', async () => {
  const file = memoryFile('film', FILE_PIECE * 3 + 500)
  const { sink, kept } = memorySink()
  const receiver = createReceiver({ sink, count: 1, limit: file.size, refuses: () => undefined })
  async function take(sender: Sender, position: Position, until: number) {
    for await (const { frame } of sender.frames(position)) {
      for (const record of decodeRecords(joinBytes(frame))) await receiver.take(record)
      if (receiver.bytes >= until) return
    }
  }
  await take(createSender([file]), { index: 0, offset: 0 }, FILE_PIECE * 2 + 100_000)
  const position = await receiver.position()
  expect(position.offset).toBeGreaterThan(FILE_PIECE * 2)
  const begun = await hashesBefore(file, position.offset)
  await take(createSender([file], begun), position, Number.POSITIVE_INFINITY)
  expect(receiver.finished).toBe(true)
  expect(receiver.outcomes).toMatchObject([{ kind: 'whole', size: file.size }])
  expect(Buffer.compare(kept.get('film') ?? new Uint8Array(), await file.read(0, file.size))).toBe(0)
})

test.each([100, FILE_PIECE + 5, 2 * FILE_PIECE, 3 * FILE_PIECE + 5])(
  'L3 S12 another sender of %i bytes goes on where only the end is missing',
  async (size) => {
    const file = memoryFile('film', size)
    const { sink } = memorySink()
    const receiver = createReceiver({ sink, count: 1, limit: size, refuses: () => undefined })
    for await (const { frame } of createSender([file]).frames({ index: 0, offset: 0 })) {
      for (const record of decodeRecords(joinBytes(frame))) {
        if (record.kind === 'begin' || record.kind === 'data' || record.kind === 'piece') await receiver.take(record)
      }
    }
    const position = await receiver.position()
    expect(position).toEqual({ index: 0, offset: size })
    for await (const { frame } of createSender([file], await hashesBefore(file, size)).frames(position)) {
      for (const record of decodeRecords(joinBytes(frame))) await receiver.take(record)
    }
    expect(receiver.outcomes).toMatchObject([{ kind: 'whole', size }])
  },
)
