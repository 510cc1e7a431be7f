import * as v from 'valibot'
import type { Receiver } from '../../../peer/files/receive.ts'
import { decodeRecords } from '../../../peer/files/records.ts'
import type { Sender } from '../../../peer/files/send.ts'
import { startStreamReceiver } from '../../../peer/files/stream-receiver.ts'
import { startStreamSender } from '../../../peer/files/stream-sender.ts'
import { joinBytes } from '../../../peer/join-bytes.ts'
import { randomId } from '../../../peer/random-id.ts'
import { TransferId } from '../../../protocol/files.ts'

/** So many bytes may be on the way when the next frame is written, as on a channel. */
const ON_THE_WAY = 64 * 1024

type Ends = { sender: Sender; receiver: Receiver }

/**
 * One link in memory between a sender and a receiver, until all has come or so many bytes of frames have arrived: then it is cut, and what
 * is on the way is lost. @returns the bytes that were written to it by the sender.
 */
export async function overOneLink({ sender, receiver }: Ends, cutAfter = Number.POSITIVE_INFINITY): Promise<number> {
  const life = new AbortController()
  const { signal } = life
  let written = 0
  let arrived = 0
  const there = pipe(signal, (frame) => {
    arrived += frame.length
    if (arrived > cutAfter) return life.abort(new Error('cut'))
    for (const record of decodeRecords(frame)) if (record.kind !== 'transfer') incoming.hear(record)
  })
  const back = pipe(signal, (frame) => {
    for (const record of decodeRecords(frame)) outgoing.hear(record)
  })
  const outgoing = startStreamSender({
    id: v.parse(TransferId, randomId()),
    sender,
    write(frame) {
      written += joinBytes(frame).length
      return there(frame)
    },
    going: async () => {},
    progress() {},
    signal,
  })
  const incoming = startStreamReceiver({ receiver, write: back, progress() {}, signal })
  outgoing.over.catch(() => {})
  await incoming.over.catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
  return written
}

/** Resolves a write as soon as little enough is on the way. */
function pipe(signal: AbortSignal, deliver: (frame: Uint8Array<ArrayBuffer>) => void) {
  const frames: Uint8Array<ArrayBuffer>[] = []
  let waiting = 0
  let written = () => {}
  let running = false

  async function run() {
    running = true
    for (let frame = frames.shift(); frame && !signal.aborted; frame = frames.shift()) {
      await new Promise((resolve) => setImmediate(resolve))
      if (signal.aborted) return
      waiting -= frame.length
      deliver(frame)
      written()
    }
    running = false
  }

  return async (parts: readonly Uint8Array[]) => {
    signal.throwIfAborted()
    const frame = joinBytes(parts)
    frames.push(frame)
    waiting += frame.length
    if (!running) void run()
    while (waiting > ON_THE_WAY) {
      await new Promise<void>((resolve) => {
        written = resolve
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
      signal.throwIfAborted()
    }
  }
}
