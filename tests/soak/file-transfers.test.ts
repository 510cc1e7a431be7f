import { expect, test } from 'vitest'
import { limitsOf } from '../../peer/files/limits.ts'
import { createReceiver } from '../../peer/files/receive.ts'
import { createSender } from '../../peer/files/send.ts'
import type { Sink } from '../../peer/files/sink.ts'
import type { SourceFile } from '../../peer/files/source.ts'
import { FILE_PIECE } from '../../protocol/limits.ts'
import { bigFile, hashingSink } from '../peer/files/big-files.ts'
import { memoryFile, memorySink } from '../peer/files/memory-files.ts'
import { overOneLink } from '../peer/files/wire.ts'

const receiverOf = (sink: Sink, files: readonly SourceFile[]) =>
  createReceiver({
    sink,
    count: files.length,
    limit: files.reduce((sum, { size }) => sum + size, 0),
    refuses: () => undefined,
  })

test('256 MB through 20 cuts: the same bytes, and hardly any of them twice', async () => {
  const file = bigFile('disk.img', (256 * 1024 * 1024) / FILE_PIECE)
  const { sink, hashes } = hashingSink()
  const ends = { sender: createSender([file]), receiver: receiverOf(sink, [file]) }
  let written = 0
  for (let cut = 0; cut < 20; cut += 1) {
    // Never at the same place of a piece.
    written += await overOneLink(ends, 12 * 1024 * 1024 + cut * 50_021)
    expect(ends.receiver.finished).toBe(false)
  }
  written += await overOneLink(ends)
  expect(ends.receiver.finished).toBe(true)
  expect(hashes.get('disk.img')).toBe(file.sha256)
  expect(written / file.size).toBeLessThan(1.01)
}, 120_000)

test('10 000 small files, cut ten times: each is there once', async () => {
  const files = Array.from({ length: 10_000 }, (_, index) =>
    memoryFile(`logs/${index % 100}/${index}.txt`, index % 700),
  )
  const { sink, kept } = memorySink()
  const ends = { sender: createSender(files), receiver: receiverOf(sink, files) }
  for (let cut = 0; cut < 10; cut += 1) await overOneLink(ends, 300_000)
  await overOneLink(ends)
  expect(ends.receiver.finished).toBe(true)
  expect(kept.size).toBe(10_000)
  expect(ends.receiver.outcomes.every(({ kind }) => kind === 'whole')).toBe(true)
  expect(kept.get('logs/99/9999.txt')).toEqual(await files[9999]?.read(0, 9999 % 700))
}, 60_000)

test('only empty files', async () => {
  const files = [memoryFile('a', 0), memoryFile('b/c', 0)]
  const { sink, kept } = memorySink()
  await overOneLink({ sender: createSender(files), receiver: receiverOf(sink, files) })
  expect([...kept].map(([name, bytes]) => [name, bytes.length])).toEqual([
    ['a', 0],
    ['b/c', 0],
  ])
})

test.each<[string, () => Promise<never> | Promise<Uint8Array<ArrayBuffer>>, 'changed' | 'unreadable']>([
  ['changed', () => Promise.reject(new DOMException('changed since', 'NotReadableError')), 'changed'],
  ['cut short', async () => new Uint8Array(10), 'changed'],
  ['removed', () => Promise.reject(new DOMException('not there', 'NotFoundError')), 'unreadable'],
])('a file that is %s while it is read: its end is clear, and nothing of it stays', async (_what, later, why) => {
  const whole = memoryFile('report.pdf', 3 * FILE_PIECE)
  const read: SourceFile['read'] = (start, end) => (start < FILE_PIECE ? whole.read(start, end) : later())
  const files = [{ ...whole, read }, memoryFile('next.txt', 5)]
  const { sink, kept, unfinished } = memorySink()
  const ends = { sender: createSender(files), receiver: receiverOf(sink, files) }
  // It is found out behind a cut as well.
  await overOneLink(ends, FILE_PIECE)
  await overOneLink(ends)
  expect(ends.receiver.outcomes).toEqual([
    { kind: 'failed', path: ['report.pdf'], why },
    { kind: 'whole', path: ['next.txt'], size: 5 },
  ])
  expect([...kept.keys()]).toEqual(['next.txt'])
  expect(unfinished.size).toBe(0)
})

test('a file that the offer did not name and that is not allowed does not come; the others do', async () => {
  const files = [memoryFile('a.txt', 5), memoryFile('deep/run.EXE.', 3 * FILE_PIECE), memoryFile('b.txt', 6)]
  const { sink, kept, unfinished } = memorySink()
  const { refuses } = limitsOf(() => ({ largest: null, refused: ['exe'] }))
  const receiver = createReceiver({ sink, count: 3, limit: 4 * FILE_PIECE, refuses })
  await overOneLink({ sender: createSender(files), receiver })
  expect(receiver.outcomes.map((outcome) => outcome.kind === 'whole' || outcome.why)).toEqual([
    true,
    'not-allowed',
    true,
  ])
  expect([...kept.keys()]).toEqual(['a.txt', 'b.txt'])
  expect(unfinished.size).toBe(0)
})

/** A place that takes so many writes, and then rejects each with this. */
function failing(after: number, error: Error) {
  const place = memorySink()
  let writes = 0
  const sink: Sink = {
    async open(file) {
      const opened = await place.sink.open(file)
      return {
        ...opened,
        async write(bytes) {
          if (++writes > after) throw error
          await opened.write(bytes)
        },
      }
    },
  }
  return { ...place, sink }
}

test('a full disk ends the transfer; what is whole stays, and the rest goes', async () => {
  const files = [memoryFile('first', FILE_PIECE), memoryFile('second', 4 * FILE_PIECE), memoryFile('third', 1)]
  const full = new DOMException('no space', 'QuotaExceededError')
  const { sink, kept, unfinished } = failing(2, full)
  const receiver = receiverOf(sink, files)
  await expect(overOneLink({ sender: createSender(files), receiver })).rejects.toBe(full)
  await receiver.drop()
  expect([...kept.keys()]).toEqual(['first'])
  expect(unfinished.size).toBe(0)
})

test('a file that the disk does not take is passed by; a disk that takes none is asked no more', async () => {
  const refused = new TypeError('Name is not allowed.')
  const one = memorySink()
  const picky: Sink = {
    open: (file) => (file.path[0] === 'bad.lnk' ? Promise.reject(refused) : one.sink.open(file)),
  }
  const files = [memoryFile('a', 3), memoryFile('bad.lnk', 3 * FILE_PIECE), memoryFile('c', 3)]
  const receiver = receiverOf(picky, files)
  await overOneLink({ sender: createSender(files), receiver })
  expect([...one.kept.keys()]).toEqual(['a', 'c'])
  expect(receiver.outcomes[1]).toEqual({ kind: 'failed', path: ['bad.lnk'], why: 'not-written' })

  const gone = failing(0, new DOMException('the folder is gone', 'NotFoundError'))
  const many = Array.from({ length: 50 }, (_, index) => memoryFile(`${index}`, 10))
  const asked = receiverOf(gone.sink, many)
  await expect(overOneLink({ sender: createSender(many), receiver: asked })).rejects.toThrow('the folder is gone')
  await asked.drop()
  // Those that were being put away at the same time as the third.
  expect(asked.outcomes.length).toBeLessThan(12)
  expect(gone.unfinished.size).toBe(0)
})
