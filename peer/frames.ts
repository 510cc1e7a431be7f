import { MAX_CONTROL, MAX_FRAME_PAYLOAD } from '../protocol/limits.ts'

/**
 * One binary message of the data channel, big endian: u32 sequence · u8 type · u16 stream · payload.
 * `control` carries one JSON message and `beat` nothing, both on stream 0; `board` and `file` carry a stream's bytes.
 */
export const FRAME_TYPES = ['control', 'beat', 'board', 'file'] as const
export type FrameType = (typeof FRAME_TYPES)[number]
export type Frame = { sequence: number; type: FrameType; stream: number; payload: Uint8Array<ArrayBuffer> }

const HEADER = 7
export const MAX_STREAM_FRAME = HEADER + MAX_FRAME_PAYLOAD

/** Largest payload of a type, in bytes. */
function maxPayload(type: FrameType): number {
  if (type === 'beat') return 0
  return type === 'control' ? MAX_CONTROL : MAX_FRAME_PAYLOAD
}

/** A frame that must not be sent, or was not fit to be received. */
export class FrameError extends Error {
  readonly reason: 'short' | 'oversized' | 'unknown-type' | 'stream' | 'out-of-order'
  constructor(reason: FrameError['reason']) {
    super(`frame: ${reason}`)
    this.name = 'FrameError'
    this.reason = reason
  }
}

/** The bytes of one frame, in one array or in several that follow each other: those of large files are copied only once. */
export type Payload = Uint8Array | readonly Uint8Array[]

/**
 * @param into memory for it, where it fits in; a frame of the same length is this very array, as the browser keeps something for each that
 *   it sends.
 * @throws FrameError `oversized` or `stream`.
 */
export function encodeFrame(
  { sequence, type, stream, payload }: Omit<Frame, 'payload'> & { payload: Payload },
  into?: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  const parts = payload instanceof Uint8Array ? [payload] : payload
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  check(type, stream, length)
  const bytes = arrayOf(HEADER + length, into)
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  view.setUint32(0, sequence)
  view.setUint8(4, FRAME_TYPES.indexOf(type))
  view.setUint16(5, stream)
  let at = HEADER
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

function arrayOf(length: number, into?: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (!into || into.buffer.byteLength < length) return new Uint8Array(length)
  return into.length === length ? into : new Uint8Array(into.buffer, 0, length)
}

/**
 * @param expected the sequence that this frame must have.
 * @throws FrameError
 */
export function decodeFrame(bytes: Uint8Array<ArrayBuffer>, expected: number): Frame {
  if (bytes.length < HEADER) throw new FrameError('short')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const sequence = view.getUint32(0)
  if (sequence !== expected) throw new FrameError('out-of-order')
  const type = FRAME_TYPES[view.getUint8(4)]
  if (!type) throw new FrameError('unknown-type')
  const stream = view.getUint16(5)
  const payload = bytes.subarray(HEADER)
  check(type, stream, payload.length)
  return { sequence, type, stream, payload }
}

/** The sequence after this one; 2^32 frames start again from 0. */
export function nextSequence(sequence: number): number {
  return (sequence + 1) >>> 0
}

function check(type: FrameType, stream: number, length: number) {
  if (length > maxPayload(type)) throw new FrameError('oversized')
  const streamed = type === 'board' || type === 'file'
  if (stream > 0xffff || (stream !== 0 && !streamed)) throw new FrameError('stream')
}
