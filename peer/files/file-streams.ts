import type { TransferId } from '../../protocol/files.ts'
import type { Channel } from '../channel.ts'
import type { Frame } from '../frames.ts'
import { LinkError } from '../link-error.ts'
import { createDelayWindow } from './delay-window.ts'
import type { WireParts } from './file-wire.ts'
import { decodeRecords, encodeRecord, type FileRecord, RecordError } from './records.ts'
import { isFull } from './sink.ts'
import { type StreamReceiver, startStreamReceiver } from './stream-receiver.ts'
import { type StreamSender, startStreamSender } from './stream-sender.ts'
import type { Transfer } from './transfer.ts'
import { QUEUE_BESIDE_MEDIA, yieldToPicture } from './yield-to-picture.ts'

/** The streams on one link for files: one for each transfer, numbered by its sender, the technician's odd and the customer's even. */
export type FileStreams = {
  hear(frame: Frame): void
  /** Begins with those that this side sends and that are not on their way yet. */
  carry(running: readonly Transfer[]): void
  stop(id: TransferId): void
}

type Parts = Pick<WireParts, 'role' | 'link' | 'works' | 'transfers' | 'changes' | 'happened' | 'finished' | 'fail'> & {
  channel: Channel
  /** The other side does not keep to the rules. */
  lose(error: LinkError): void
  signal: AbortSignal
}

type Outgoing = { id: TransferId; stream: StreamSender; life: AbortController }
type Incoming = { id: TransferId; stream: StreamReceiver; life: AbortController }

/** An honest sender has no more probes than a few on their way. */
const MOST_ANSWERS = 100

export function openFileStreams(parts: Parts): FileStreams {
  const { role, works, channel, transfers, changes, happened, lose, signal } = parts
  const outgoing = new Map<number, Outgoing>()
  const incoming = new Map<number, Incoming>()
  const delayWindow = createDelayWindow(QUEUE_BESIDE_MEDIA)
  void yieldToPicture(delayWindow, parts.link, signal)
  let heard = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => heard.reject(signal.reason))
  heard.promise.catch(() => {})
  let answers = 0
  let next = role === 'technician' ? 3 : 2

  function send(id: TransferId) {
    const work = works.get(id)
    if (work?.kind !== 'sends' || [...outgoing.values()].some((other) => other.id === id)) return
    const number = next
    next += 2
    const life = new AbortController()
    const stream = startStreamSender({
      id,
      sender: work.sender,
      write: (frame) => paced(number, frame),
      frameBytes: () => delayWindow.frameBytes,
      going: () => going(id, life.signal),
      progress: (done) => happened(id, { type: 'progress', done }),
      signal: AbortSignal.any([signal, life.signal]),
    })
    outgoing.set(number, { id, stream, life })
    stream.over.catch((error: unknown) => {
      if (error instanceof RecordError) return misbehaved(error, number)
      if (!signal.aborted && !life.signal.aborted) parts.fail(id, 'failed')
    })
  }

  /** All transfers of a link share its window. Resolves when the next frame may follow. */
  async function paced(number: number, frame: readonly Uint8Array[]) {
    while (!delayWindow.hasRoom) await heard.promise
    const bytes = frame.reduce((sum, { length }) => sum + length, 0)
    const probe = delayWindow.send(bytes) ? encodeRecord({ kind: 'probe' }) : []
    await channel.sendFrame('file', number, [...frame, ...probe])
  }

  function answerProbe(number: number) {
    if (answers === MOST_ANSWERS) throw new RecordError('probes whose answers nobody fetches')
    answers += 1
    const gone = () => {
      answers -= 1
    }
    channel.sendFrame('file', number, encodeRecord({ kind: 'echo', at: performance.now() })).then(gone, gone)
  }

  function hearEcho(at: number) {
    if (!delayWindow.answered(at)) throw new RecordError('an echo to no probe')
    heard.resolve()
    heard = Promise.withResolvers()
    heard.promise.catch(() => {})
  }

  /** Resolves while neither side holds the transfer up. */
  async function going(id: TransferId, until: AbortSignal) {
    const paused = () =>
      transfers().some(
        (transfer) => transfer.id === id && transfer.state.kind === 'running' && transfer.state.paused.length > 0,
      )
    while (paused()) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const either = AbortSignal.any([signal, until])
      changes.addEventListener('change', () => resolve(), { once: true, signal: either })
      either.addEventListener('abort', () => resolve(), { once: true })
      await promise
      either.throwIfAborted()
    }
  }

  function receive(number: number, id: TransferId) {
    const work = works.get(id)
    // It was cancelled here while it was on its way.
    if (work?.kind !== 'receives') return
    if (incoming.has(number) || [...incoming.values()].some((other) => other.id === id)) {
      throw new RecordError('a stream that is open')
    }
    const life = new AbortController()
    const { receiver } = work
    const stream = startStreamReceiver({
      receiver,
      write: (frame) => channel.sendFrame('file', number, frame),
      progress: () => happened(id, { type: 'progress', done: receiver.bytes }),
      signal: AbortSignal.any([signal, life.signal]),
    })
    incoming.set(number, { id, stream, life })
    stream.over.then(
      () => parts.finished(id, receiver),
      (error: unknown) => {
        if (signal.aborted || life.signal.aborted) return
        if (error instanceof RecordError) return misbehaved(error, number)
        parts.fail(id, isFull(error) ? 'disk-full' : 'failed')
      },
    )
  }

  function take(number: number, record: FileRecord) {
    if (record.kind === 'transfer') return receive(number, record.id)
    if (record.kind === 'probe') return answerProbe(number)
    if (record.kind === 'echo') return hearEcho(record.at)
    if (record.kind === 'resume' || record.kind === 'kept') return outgoing.get(number)?.stream.hear(record)
    incoming.get(number)?.stream.hear(record)
  }

  /** It would do so again on the next link. */
  function misbehaved(error: RecordError, number: number) {
    const { id } = incoming.get(number) ?? outgoing.get(number) ?? {}
    if (id) parts.fail(id, 'failed')
    lose(new LinkError('bad-frame', error.message))
  }

  return {
    hear({ stream, payload }) {
      try {
        const records = decodeRecords(payload)
        if (records.filter(({ kind }) => kind === 'probe').length > 1) throw new RecordError('more than one probe')
        for (const record of records) take(stream, record)
      } catch (error) {
        if (error instanceof RecordError) misbehaved(error, stream)
        else throw error
      }
    },
    carry(running) {
      for (const { id } of running) send(id)
    },
    stop(id) {
      for (const { id: of, life } of [...outgoing.values(), ...incoming.values()]) if (of === id) life.abort()
    },
  }
}
