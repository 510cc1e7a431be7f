import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FILE_PART } from '../../../peer/files/gather.ts'
import { createReceiver, type Receiver } from '../../../peer/files/receive.ts'
import { decodeRecords, encodeRecord, type FileRecord, RecordError } from '../../../peer/files/records.ts'
import { createSender, type Sender } from '../../../peer/files/send.ts'
import type { Sink } from '../../../peer/files/sink.ts'
import type { SourceFile } from '../../../peer/files/source.ts'
import { startStreamReceiver } from '../../../peer/files/stream-receiver.ts'
import { joinBytes } from '../../../peer/join-bytes.ts'
import { FILE_PIECE, MAX_FRAME_PAYLOAD } from '../../../protocol/limits.ts'
import { memoryFile, memorySink } from './memory-files.ts'

/** Sends until the end, or until so many frames have gone; of the last one only so many records arrive. */
async function run(sender: Sender, receiver: Receiver, cut = Number.POSITIVE_INFINITY, records = 0): Promise<number> {
  let frames = 0
  let sent = 0
  for await (const { frame, bytes } of sender.frames(await receiver.position())) {
    const whole = joinBytes(frame)
    expect(whole.length).toBeLessThanOrEqual(MAX_FRAME_PAYLOAD)
    const last = ++frames > cut
    sent += bytes
    const arrived = decodeRecords(whole)
    for (const record of last ? arrived.slice(0, records) : arrived) await receiver.take(record)
    if (last) break
  }
  return sent
}

const receive = (files: readonly SourceFile[]) => {
  const place = memorySink()
  const limit = files.reduce((sum, { size }) => sum + size, 0)
  return {
    ...place,
    receiver: createReceiver({ sink: place.sink, count: files.length, limit, refuses: () => undefined }),
  }
}

/** Whole, and the same: long arrays are slow to compare one by one. */
async function expectSame(kept: ReadonlyMap<string, Uint8Array>, files: readonly SourceFile[]) {
  expect([...kept.keys()]).toEqual(files.map(({ path }) => path.join('/')))
  for (const file of files) {
    const there = kept.get(file.path.join('/'))
    expect(there && Buffer.compare(there, await file.read(0, file.size)), file.path.join('/')).toBe(0)
  }
}

describe('a transfer', () => {
  test('brings every file as it is: empty, small, of whole pieces, and of more', async () => {
    const files = [
      memoryFile('empty.txt', 0),
      memoryFile('a/one.txt', 1),
      memoryFile('a/piece.bin', FILE_PIECE),
      memoryFile('a/b/more.bin', FILE_PART + FILE_PIECE + 12_345),
      memoryFile('last.txt', 0),
    ]
    const { receiver, kept } = receive(files)
    await run(createSender(files), receiver)
    expect(receiver.finished).toBe(true)
    await expectSame(kept, files)
  })

  test('goes on after a cut at any place, and sends little again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.constantFrom(
            0,
            1,
            70_000,
            FILE_PIECE + 1,
            FILE_PART,
            FILE_PART + 1,
            2 * FILE_PART,
            5 * FILE_PIECE + 70_000,
          ),
          {
            minLength: 1,
            maxLength: 4,
          },
        ),
        fc.array(fc.record({ frames: fc.nat(30), records: fc.nat(4) }), { maxLength: 6 }),
        async (sizes, cuts) => {
          const files = sizes.map((size, index) => memoryFile(`file ${index}`, size))
          const { receiver, kept } = receive(files)
          const sender = createSender(files)
          let sent = 0
          for (const { frames, records } of cuts) {
            if (!receiver.finished) sent += await run(sender, receiver, frames, records)
          }
          if (!receiver.finished) sent += await run(sender, receiver)
          expect(receiver.finished).toBe(true)
          await expectSame(kept, files)
          const size = sizes.reduce((sum, each) => sum + each, 0)
          expect(sent - size).toBeLessThanOrEqual(cuts.length * MAX_FRAME_PAYLOAD)
        },
      ),
      { numRuns: 25 },
    )
  }, 60_000)

  test('a file that cannot be read any more is said, nothing of it stays, and the others come', async () => {
    const gone: SourceFile = {
      ...memoryFile('gone.bin', FILE_PART + FILE_PIECE),
      read: async (start, end) => {
        if (start >= FILE_PART) throw new DOMException('it was changed', 'NotReadableError')
        return new Uint8Array(end - start)
      },
    }
    const files = [memoryFile('a', 10), gone, memoryFile('b', 10)]
    const { receiver, kept, unfinished } = receive(files)
    await run(createSender(files), receiver)
    expect([...kept.keys()]).toEqual(['a', 'b'])
    expect(unfinished.size).toBe(0)
    expect(receiver.outcomes[1]).toEqual({ kind: 'failed', path: ['gone.bin'], why: 'changed' })
    expect(receiver.bytes).toBe(20)
  })

  test('bytes that were changed on the way are found out', async () => {
    const files = [memoryFile('a', FILE_PART + 10), memoryFile('b', 10)]
    const { receiver, kept } = receive(files)
    let damaged = false
    for await (const { frame } of createSender(files).frames({ index: 0, offset: 0 })) {
      for (const record of decodeRecords(joinBytes(frame))) {
        if (record.kind === 'data' && !damaged) {
          damaged = true
          record.bytes[5] = (record.bytes[5] ?? 0) ^ 1
        }
        await receiver.take(record)
      }
    }
    expect([...kept.keys()]).toEqual(['b'])
    expect(receiver.outcomes[0]).toMatchObject({ kind: 'failed', why: 'damaged' })
  })

  test('names from the other side never leave the place, and do not collide', async () => {
    const files = [
      memoryFile('../../etc/passwd', 1),
      memoryFile('ETC/passwd', 1),
      memoryFile('etc/PASSWD', 1),
      memoryFile('nul', 1),
    ]
    const { receiver, kept } = receive(files)
    await run(createSender(files), receiver)
    expect([...kept.keys()]).toEqual(['etc/passwd', 'ETC/passwd (2)', 'etc/PASSWD (3)', '_nul'])
  })
})

describe('S12 empty folders', () => {
  const files = [memoryFile('top/a.txt', 10), memoryFile('top/b.txt', 2 * FILE_PIECE)]
  const folders = [
    ['top', 'empty'],
    ['top', 'deep', 'deeper'],
    ['top', 'a.txt'],
    ['..', 'con\u202e'],
  ]
  const receiveFolders = (count: number) => {
    const place = memorySink()
    const limit = files.reduce((sum, { size }) => sum + size, 0)
    const parts = { sink: place.sink, count: files.length, folders: count, limit, refuses: () => undefined }
    return { ...place, receiver: createReceiver(parts) }
  }

  test('come under clean and free names, once each, whatever was cut', async () => {
    const { receiver, folders: made, kept } = receiveFolders(folders.length)
    const sender = createSender(files, undefined, folders)
    for (let cut = 0; cut < 40; cut += 1) await run(sender, receiver, cut)
    await run(sender, receiver)
    // Said again behind a cut that came with the last byte.
    await run(sender, receiver)
    expect(receiver.finished).toBe(true)
    expect(made).toEqual(['top/empty', 'top/deep/deeper', 'top/a (2).txt', 'con_'])
    expect([...kept.keys()]).toEqual(['top/a.txt', 'top/b.txt'])
  })

  test('are no more than were offered, and come behind the files', async () => {
    const { receiver, folders: made } = receiveFolders(3)
    await expect(run(createSender(files, undefined, folders), receiver)).rejects.toBeInstanceOf(RecordError)
    expect(made).toHaveLength(3)
    const early = receiveFolders(1).receiver.take({ kind: 'folder', path: ['early'] })
    await expect(early).rejects.toBeInstanceOf(RecordError)
  })

  test('that the place does not take are named, and the files stay', async () => {
    const { receiver, sink, kept } = receiveFolders(folders.length)
    sink.folder = async () => {
      throw new Error('no')
    }
    await run(createSender(files, undefined, folders.slice(0, 1)), receiver)
    expect(receiver.outcomes.at(-1)).toEqual({ kind: 'failed', path: ['top', 'empty'], why: 'not-written' })
    expect(kept.size).toBe(2)
  })
})

describe('a hostile sender', () => {
  const begin: Extract<FileRecord, { kind: 'begin' }> = {
    kind: 'begin',
    index: 0,
    path: ['a'],
    size: 10,
    modified: 0,
    offset: 0,
  }
  const piece = (size: number): FileRecord => ({ kind: 'data', bytes: new Uint8Array(size) })
  const end: FileRecord = { kind: 'end', mark: new Uint8Array(32) }
  test.each<[string, FileRecord[]]>([
    ['data before a file', [piece(1)]],
    ['more than the file has', [begin, piece(11)]],
    ['an end too soon', [begin, piece(9), end]],
    ['a file that was not offered', [{ ...begin, index: 1 }]],
    ['a file in the middle', [{ ...begin, offset: 5 }]],
    ['a larger file than was offered', [{ ...begin, size: 11 }]],
    ['a finish too soon', [{ kind: 'finish' }]],
    ['the words of a receiver', [{ kind: 'kept', bytes: 1 }]],
  ])('%s', async (_what, records) => {
    const { sink } = memorySink()
    const receiver = createReceiver({ sink, count: 1, limit: 10, refuses: () => undefined })
    await expect(
      (async () => {
        for (const record of records) await receiver.take(record)
      })(),
    ).rejects.toBeInstanceOf(RecordError)
  })

  test('another file than the one that the person was asked about does not come', async () => {
    const first = [{ path: ['a'], size: 10 }]
    for (const other of [
      { ...begin, path: ['setup.exe'] },
      { ...begin, size: 9 },
    ]) {
      const receiver = createReceiver({ sink: memorySink().sink, count: 1, limit: 10, first, refuses: () => undefined })
      await expect(receiver.take(other)).rejects.toThrow('another file than was offered')
    }
  })

  test('files that are damaged on purpose do not bring more bytes than were offered', async () => {
    const receiver = createReceiver({ sink: memorySink().sink, count: 9, limit: 10, refuses: () => undefined })
    await receiver.take(begin)
    await receiver.take(piece(10))
    await receiver.take({ kind: 'piece', hash: new Uint8Array(32) })
    await receiver.take(end)
    await expect(receiver.take({ ...begin, index: 1 })).rejects.toThrow('more bytes than were offered')
  })

  test('records without end are not held, however small they are', async () => {
    const { sink } = memorySink()
    const stuck: Sink = { ...sink, open: () => new Promise(() => {}) }
    const receiver = createReceiver({ sink: stuck, count: 1e6, limit: 1e9, refuses: () => undefined })
    const stream = startStreamReceiver({
      receiver,
      write: async () => {},
      progress() {},
      signal: new AbortController().signal,
    })
    const flood = (record: FileRecord) => {
      for (let count = 0; count < 2_000_000; count += 1) stream.hear(record)
    }
    expect(() => flood({ ...begin, path: ['x'.repeat(1000)] })).toThrow('more than the window')
    expect(() => decodeRecords(joinBytes(encodeRecord({ kind: 'data', bytes: new Uint8Array(0) })))).toThrow(
      'without bytes',
    )
  })

  test('a receiver who is at no place of the files is not believed', () => {
    const sender = createSender([memoryFile('a', 3)])
    for (const position of [
      { index: 0, offset: 4 },
      { index: 1, offset: 1 },
      { index: 2, offset: 0 },
    ])
      expect(() => sender.bytesBefore(position)).toThrow(RecordError)
  })

  test('a receiver who asks from behind what was sent is not served', async () => {
    const sender = createSender([memoryFile('a', 3 * FILE_PIECE)])
    await expect(sender.frames({ index: 0, offset: 2 * FILE_PIECE }).next()).rejects.toBeInstanceOf(RecordError)
    await expect(sender.frames({ index: 2, offset: 0 }).next()).rejects.toBeInstanceOf(RecordError)
  })

  test('any bytes decode to records, or are refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decodeRecords(new Uint8Array(bytes))
        } catch (error) {
          expect(error).toBeInstanceOf(RecordError)
        }
      }),
    )
    const record = joinBytes(encodeRecord(begin))
    expect(() => decodeRecords(record.subarray(0, 20))).toThrow(RecordError)
  })
})
