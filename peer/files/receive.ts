import type { FileAbout, FileDone, FilePath } from '../../protocol/files.ts'
import type { Time } from '../../protocol/ids.ts'
import { cleanPath, freePaths } from './clean-name.ts'
import { FILE_PART, type Gathered, gatherFile } from './gather.ts'
import type { FileLimits } from './limits.ts'
import { type FileRecord, RecordError } from './records.ts'
import type { Position } from './send.ts'
import { type FileSink, isFull, type Sink } from './sink.ts'
import { createSmallFiles } from './small-files.ts'

type FileFailure = FileDone['failed'][number]['why']

/** What came of one file. `path`: under which it is kept. */
export type Outcome =
  | { kind: 'whole'; path: readonly string[]; size: number }
  | { kind: 'failed'; path: FilePath; why: FileFailure }

export type Receiver = {
  /** From where the sender shall go on, on a new link: once what came over the last one is taken care of. */
  position(): Promise<Position>
  /** Takes the next record of the sender, behind those before. @throws RecordError, or what the sink rejects with where it takes nothing any more. */
  take(record: FileRecord): Promise<void>
  /** All files have come. */
  readonly finished: boolean
  readonly outcomes: readonly Outcome[]
  /** Bytes of data that are here, of files that did not fail. */
  readonly bytes: number
  /** What is not whole goes. */
  drop(): Promise<void>
}

type Current = {
  index: number
  path: FilePath
  place: readonly string[]
  size: number
  modified: Time
  /** Absent for a small file, which is put away when it is whole. */
  sink: FileSink | undefined
  gathered: Gathered
}

/** After so many files in a row that the place did not take it is asked no more. */
const MAX_UNWRITTEN = 3

type Parts = {
  sink: Sink
  /** How many files were offered. */
  count: number
  /** How many empty folders. */
  folders?: number | undefined
  /** Of bytes in all, as offered. */
  limit: number
  /** The first of them, as the person was asked: another file in the place of one of these does not come. */
  first?: readonly Pick<FileAbout, 'path' | 'size'>[]
  /** Of files that the offer did not name, too. */
  refuses: FileLimits['refuses']
}

export function createReceiver({ sink, count, folders = 0, limit, first = [], refuses }: Parts): Receiver {
  const free = freePaths()
  const small = createSmallFiles(sink)
  /** By the place of the file in the transfer. */
  const outcomes = new Map<number, Outcome>()
  let current: Current | undefined
  /** A file of which the rest is passed by, as it is lost. */
  let passing = false
  let next = 0
  let bytes = 0
  /** Of all files that began, those that failed too. */
  let announced = 0
  let made = 0
  let finished = false
  let dropped = false
  let unwritten = 0
  /** Why the place takes nothing any more. */
  let broken: { error: unknown } | undefined
  /** What came over one link is taken in its order, and nothing behind what was refused. */
  let busy = Promise.resolve()

  async function begin({ index, path, size, modified, offset }: Extract<FileRecord, { kind: 'begin' }>) {
    if (current && index === current.index && offset === current.gathered.came && size === current.size) return
    if (current || index !== next || offset !== 0 || index >= count) throw new RecordError('not the file that follows')
    announced += size
    if (announced > limit) throw new RecordError('more bytes than were offered')
    const named = first[index]
    if (named && (named.size !== size || cleanPath(named.path).join('/') !== cleanPath(path).join('/')))
      throw new RecordError('another file than was offered')
    passing = false
    next = index + 1
    if (refuses({ path, size })) {
      passing = true
      outcomes.set(index, { kind: 'failed', path, why: 'not-allowed' })
      return
    }
    const place = free.file(cleanPath(path))
    let opened: FileSink | undefined
    if (size > FILE_PART) {
      try {
        opened = await sink.open({ path: place, size, modified })
      } catch (error) {
        passing = true
        notWritten(index, path, error)
        return
      }
    }
    current = { index, path, place, size, modified, sink: opened, gathered: gatherFile(size) }
  }

  function notWritten(index: number, path: FilePath, error: unknown) {
    outcomes.set(index, { kind: 'failed', path, why: 'not-written' })
    unwritten += 1
    // Other files will fare no better.
    if (isFull(error) || unwritten >= MAX_UNWRITTEN) broken ??= { error }
  }

  function isWhole({ index, place: path, size }: Current) {
    unwritten = 0
    outcomes.set(index, { kind: 'whole', path, size })
  }

  function data({ bytes: more }: Extract<FileRecord, { kind: 'data' }>) {
    if (passing) return
    open().gathered.add(more)
    bytes += more.length
  }

  async function piece({ hash }: Extract<FileRecord, { kind: 'piece' }>) {
    if (passing) return
    const { index, path, sink: opened, gathered } = open()
    if (!(await gathered.check(hash))) return await fail('damaged')
    try {
      if (opened) await gathered.writeTo(opened)
    } catch (error) {
      notWritten(index, path, error)
      await giveUp(true)
    }
  }

  async function end({ mark }: Extract<FileRecord, { kind: 'end' }>) {
    if (passing) {
      passing = false
      return
    }
    const file = open()
    if (file.gathered.came !== file.size) throw new RecordError('an end too soon')
    if (!(await file.gathered.has(mark))) return await fail('damaged', false)
    if (!file.sink) return await putAway(file)
    try {
      await file.sink.keep()
    } catch (error) {
      notWritten(file.index, file.path, error)
      return await giveUp(false)
    }
    isWhole(file)
    current = undefined
  }

  function putAway(file: Current): Promise<void> {
    current = undefined
    const { place, size, modified, gathered } = file
    return small.put({ path: place, size, modified, content: gathered.content }, (error) => {
      if (error === undefined) return isWhole(file)
      bytes -= size
      notWritten(file.index, file.path, error)
    })
  }

  /** @param more whether records of the file still follow. */
  async function fail(why: FileFailure, more = true) {
    const { index, path } = open()
    outcomes.set(index, { kind: 'failed', path, why })
    await giveUp(more)
  }

  async function giveUp(more: boolean) {
    const file = open()
    current = undefined
    passing = more
    bytes -= file.gathered.came
    await file.sink?.drop()
  }

  /** Said again on each link: one that is there is let go. */
  async function folder({ path }: Extract<FileRecord, { kind: 'folder' }>) {
    if (current || next !== count) throw new RecordError('a folder before the last file')
    const { path: place, isNew } = free.folder(cleanPath(path))
    if (!isNew) return
    made += 1
    if (made > folders) throw new RecordError('more folders than were offered')
    await sink.folder?.(place).catch((error: unknown) => notWritten(count + made, path, error))
  }

  function open(): Current {
    if (!current) throw new RecordError('no file is open')
    return current
  }

  async function takeNext(record: FileRecord) {
    if (dropped) return
    goOn()
    if (finished) {
      // Said again behind a cut that came with the last byte.
      if (record.kind === 'finish' || record.kind === 'folder') return
      throw new RecordError('something behind the end')
    }
    await follow(record)
    goOn()
  }

  function goOn() {
    if (broken) throw broken.error
  }

  async function follow(record: FileRecord) {
    switch (record.kind) {
      case 'begin':
        return await begin(record)
      case 'data':
        return data(record)
      case 'piece':
        return await piece(record)
      case 'end':
        return await end(record)
      case 'gone':
        if (!passing) await fail(record.why, false)
        passing = false
        return
      case 'folder':
        return await folder(record)
      case 'finish':
        if (current || next !== count) throw new RecordError('a finish too soon')
        await small.settled()
        await sink.settle?.()
        finished = broken === undefined
        return
      default:
        throw new RecordError(`${record.kind} from a sender`)
    }
  }

  return {
    async position() {
      busy = busy.catch(() => {})
      await busy
      if (!current) return { index: next, offset: 0 }
      bytes -= current.gathered.stepBack()
      return { index: current.index, offset: current.gathered.came }
    },
    get finished() {
      return finished
    },
    get outcomes() {
      return [...outcomes].sort(([a], [b]) => a - b).map(([, outcome]) => outcome)
    },
    get bytes() {
      return bytes
    },
    take(record) {
      busy = busy.then(() => takeNext(record))
      return busy
    },
    async drop() {
      dropped = true
      await busy.catch(() => {})
      const file = current
      current = undefined
      await Promise.all([file?.sink?.drop(), small.settled()])
      await sink.settle?.()
    },
  }
}
