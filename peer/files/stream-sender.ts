import type { TransferId } from '../../protocol/files.ts'
import { encodeRecord, type FileRecord, RecordError } from './records.ts'
import type { Position, Sender } from './send.ts'

/** So many bytes go out before the receiver has said that it took care of earlier ones: what its memory must hold. */
export const WINDOW = 8 * 1024 * 1024

export type StreamSender = {
  /** A record of the receiver. */
  hear(record: FileRecord): void
  /** Resolves when all is sent; rejects when the link ends. @throws RecordError */
  readonly over: Promise<void>
}

type Parts = {
  id: TransferId
  sender: Sender
  /** Resolves when the next frame may follow; rejects when the link ends. */
  write(frame: readonly Uint8Array[]): Promise<void>
  /** Bytes that the next frame should have at most. */
  frameBytes?(): number
  /** Resolves while nobody holds the transfer up. */
  going(): Promise<void>
  /** So many bytes of the transfer are with the receiver. */
  progress(done: number): void
  signal: AbortSignal
}

/** Sends one transfer over one link, from where the receiver says. */
export function startStreamSender({ id, sender, write, frameBytes, going, progress, signal }: Parts): StreamSender {
  const from = Promise.withResolvers<Position>()
  // Nobody waits for it where the link ends first.
  from.promise.catch(() => {})
  let before = 0
  let sent = 0
  let kept = 0
  let taken = () => {}
  signal.addEventListener('abort', () => {
    from.reject(signal.reason)
    taken()
  })

  async function run() {
    await write(encodeRecord({ kind: 'transfer', id }))
    const position = await from.promise
    before = sender.bytesBefore(position)
    progress(before)
    for await (const { frame, bytes } of sender.frames(position, frameBytes)) {
      await going()
      while (sent - kept > WINDOW) await room()
      signal.throwIfAborted()
      sent += bytes
      await write(frame)
    }
  }

  async function room() {
    const { promise, resolve } = Promise.withResolvers<void>()
    taken = resolve
    await promise
    signal.throwIfAborted()
  }

  return {
    over: run(),
    hear(record) {
      if (record.kind === 'resume') from.resolve({ index: record.index, offset: record.offset })
      else if (record.kind !== 'kept') throw new RecordError(`${record.kind} from a receiver`)
      else if (record.bytes > sent || record.bytes < kept) throw new RecordError('kept what was not sent')
      else {
        kept = record.bytes
        progress(before + kept)
        taken()
      }
    },
  }
}
