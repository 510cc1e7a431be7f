import type { Receiver } from './receive.ts'
import { encodeRecord, type FileRecord, RecordError } from './records.ts'
import { WINDOW } from './stream-sender.ts'

/** The sender is told after so many bytes that it may go on: often enough that it never waits for it. */
const TELL_AFTER = 2 * 1024 * 1024
/** And on a slow line after so many ms, since what it shows of the progress is what it is told. */
const TELL_MS = 500

/** What waits to be taken care of may need so much memory, bytes of names and of the records themselves included. */
const MAX_WAITING = 128 * 1024 * 1024
const RECORD_BYTES = 100

export type StreamReceiver = {
  /** A record of the sender. @throws RecordError where the sender does not wait as it must. */
  hear(record: FileRecord): void
  /** Resolves with the last record; rejects with the first that is refused, or that the disk does not take, or when the link ends. */
  readonly over: Promise<void>
}

type Parts = {
  receiver: Receiver
  write(frame: readonly Uint8Array[]): Promise<void>
  /** Data came. */
  progress(): void
  signal: AbortSignal
}

/** Receives one transfer over one link: record by record, and holds no more than the window. What came before a cut is taken behind it. */
export function startStreamReceiver({ receiver, write, progress, signal }: Parts): StreamReceiver {
  const over = Promise.withResolvers<void>()
  let waiting = 0
  let memory = 0
  let taken = 0
  let told = 0
  let toldAt = performance.now()
  signal.addEventListener('abort', () => over.reject(signal.reason))
  over.promise.catch(() => {})
  void receiver.position().then(({ index, offset }) => say({ kind: 'resume', index, offset }))

  function say(record: FileRecord) {
    write(encodeRecord(record)).catch(over.reject)
  }

  async function take(record: FileRecord) {
    await receiver.take(record)
    memory -= memoryOf(record)
    if (record.kind === 'data') {
      waiting -= record.bytes.length
      taken += record.bytes.length
      progress()
      const now = performance.now()
      if (taken - told >= TELL_AFTER || now - toldAt >= TELL_MS) {
        told = taken
        toldAt = now
        say({ kind: 'kept', bytes: taken })
      }
    }
    if (receiver.finished) over.resolve()
  }

  return {
    over: over.promise,
    hear(record) {
      if (record.kind === 'data') waiting += record.bytes.length
      memory += memoryOf(record)
      if (waiting > 2 * WINDOW || memory > MAX_WAITING) throw new RecordError('more than the window')
      take(record).catch(over.reject)
    },
  }
}

function memoryOf(record: FileRecord): number {
  if (record.kind === 'begin' || record.kind === 'folder')
    return record.path.reduce((sum, { length }) => sum + 2 * length, RECORD_BYTES)
  return RECORD_BYTES + (record.kind === 'data' ? record.bytes.length : 0)
}
