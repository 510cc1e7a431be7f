import * as v from 'valibot'
import { PROTOCOL_VERSION } from '../protocol/limits.ts'
import type { CustomerToTechnician, LinkHello, TechnicianToCustomer } from '../protocol/link.ts'
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  type FrameType,
  MAX_STREAM_FRAME,
  nextSequence,
  type Payload,
} from './frames.ts'
import { LinkError } from './link-error.ts'

export type LinkMessage = TechnicianToCustomer | CustomerToTechnician

/** The part of simple-peer (or of any duplex in object mode) that the channel needs. */
export type Transport = {
  /** `written` is called when the bytes were copied on and little is buffered behind them. */
  write(bytes: Uint8Array<ArrayBuffer>, written: (error?: Error | null) => void): boolean
  on(event: 'data', receive: (data: unknown) => void): unknown
}

/** Both sides say something this often, in ms. */
const BEAT_MS = 1000
/** Messages that the other side may send at once, and again with each own beat: far more than people and their pages do. */
const MESSAGES_AT_ONCE = 1000
const MESSAGES_PER_BEAT = 20

/** The callbacks run in a turn of their own: what they throw is not the other side's fault. */
export type ChannelOptions<In extends LinkMessage> = {
  transport: Transport
  /** The union of the direction that comes in. */
  incoming: v.GenericSchema<unknown, In>
  hello: LinkHello
  onHello(hello: LinkHello): void
  /** Every message but the `hello`. */
  onMessage(message: In): void
  /** Bytes of a stream. */
  onFrame(frame: Frame): void
  /** Any frame came. */
  onHeard(): void
  /** Once: the channel is of no use any more. `bad-frame` or `version`. */
  onFailure(error: LinkError): void
  signal: AbortSignal
}

/** The framed channel of a link. */
export type Channel = {
  send(message: LinkMessage): void
  /**
   * Sends up to `MAX_FRAME_PAYLOAD` bytes of a stream.
   * @returns when the next piece may follow: little is then waiting in the browser's buffer.
   * @throws FrameError, or the signal's reason where the link ends first.
   */
  sendFrame(type: Extract<FrameType, 'board' | 'file'>, stream: number, payload: Payload): Promise<void>
}

export function openChannel<In extends LinkMessage>(options: ChannelOptions<In>): Channel {
  const { transport, incoming, signal } = options
  let sequence = 0
  let expected = 0
  let greeted = false
  let allowed = MESSAGES_AT_ONCE
  /** The memory of a large frame that has gone serves the next one. */
  let spare: Uint8Array<ArrayBuffer> | undefined
  /** Frames that have not gone on yet, which the end of the link rejects. */
  const waiting = new Set<(reason: unknown) => void>()
  const over = new AbortController()
  const alive = AbortSignal.any([signal, over.signal])

  transport.on('data', (data) => {
    if (alive.aborted) return
    try {
      accept(data)
    } catch (cause) {
      fail(cause instanceof LinkError ? cause : new LinkError('bad-frame', String(cause)))
    }
  })
  const beat = setInterval(() => {
    allowed = Math.min(MESSAGES_AT_ONCE, allowed + MESSAGES_PER_BEAT)
    write('beat', 0, new Uint8Array(0))
  }, BEAT_MS)
  alive.addEventListener('abort', () => clearInterval(beat), { once: true })
  alive.addEventListener('abort', () => {
    for (const reject of waiting) reject(alive.reason)
    waiting.clear()
  })
  send(options.hello)

  return {
    send,
    sendFrame: (type, stream, payload) => {
      alive.throwIfAborted()
      const memory = spare ?? (type === 'file' ? new Uint8Array(MAX_STREAM_FRAME) : undefined)
      const bytes = nextFrame(type, stream, payload, memory)
      spare = undefined
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      waiting.add(reject)
      transport.write(bytes, () => {
        spare = memory && bytes
        waiting.delete(reject)
        resolve()
      })
      return promise
    },
  }

  function send(message: LinkMessage) {
    if (!alive.aborted) write('control', 0, new TextEncoder().encode(JSON.stringify(message)))
  }

  function write(type: FrameType, stream: number, payload: Payload) {
    transport.write(nextFrame(type, stream, payload), () => {})
  }

  function nextFrame(
    type: FrameType,
    stream: number,
    payload: Payload,
    memory?: Uint8Array<ArrayBuffer>,
  ): Uint8Array<ArrayBuffer> {
    const bytes = encodeFrame({ sequence, type, stream, payload }, memory)
    sequence = nextSequence(sequence)
    return bytes
  }

  function accept(data: unknown) {
    if (!(data instanceof Uint8Array)) throw new LinkError('bad-frame', 'a message of text')
    const frame = decodeFrame(viewOf(data), expected)
    expected = nextSequence(expected)
    options.onHeard()
    if (frame.type === 'control') hear(v.parse(incoming, parse(frame.payload)))
    else if (!greeted) throw new LinkError('bad-frame', 'the first frame is no hello')
    else if (frame.type !== 'beat') queueMicrotask(() => options.onFrame(frame))
  }

  function hear(message: In) {
    if (--allowed < 0) throw new LinkError('bad-frame', 'a flood of messages')
    if (greeted === (message.type === 'hello')) throw new LinkError('bad-frame', 'one hello, at the beginning')
    if (message.type !== 'hello') return queueMicrotask(() => options.onMessage(message))
    const hello: LinkHello = message
    if (hello.version !== PROTOCOL_VERSION) throw new LinkError('version', 'the link is of another version')
    greeted = true
    queueMicrotask(() => options.onHello(hello))
  }

  function fail(error: LinkError) {
    if (alive.aborted) return
    over.abort(error)
    options.onFailure(error)
  }
}

/** The same bytes without a copy, where they are not shared with another thread. */
function viewOf({ buffer, byteOffset, length }: Uint8Array): Uint8Array<ArrayBuffer> {
  if (!(buffer instanceof ArrayBuffer)) throw new LinkError('bad-frame', 'bytes of another thread')
  return new Uint8Array(buffer, byteOffset, length)
}

function parse(payload: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
}
