import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeFrame, encodeFrame, FRAME_TYPES, FrameError, nextSequence } from '../../peer/frames.ts'
import { MAX_CONTROL, MAX_FRAME_PAYLOAD } from '../../protocol/limits.ts'

const u32 = fc.integer({ min: 0, max: 0xffff_ffff })
const payload = fc.uint8Array({ maxLength: 2000 })
const frame = fc.oneof(
  fc.record({ sequence: u32, type: fc.constant('control' as const), stream: fc.constant(0), payload }),
  fc.record({
    sequence: u32,
    type: fc.constant('beat' as const),
    stream: fc.constant(0),
    payload: fc.constant(new Uint8Array(0)),
  }),
  fc.record({
    sequence: u32,
    type: fc.constantFrom('board' as const, 'file' as const),
    stream: fc.integer({ min: 0, max: 0xffff }),
    payload,
  }),
)

/** Header as it goes over the wire: u32 sequence, u8 type, u16 stream. */
const raw = (sequence: number, type: number, stream: number, length = 0) => {
  const bytes = new Uint8Array(7 + length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, sequence)
  view.setUint8(4, type)
  view.setUint16(5, stream)
  return bytes
}

function reasonOf(run: () => unknown) {
  try {
    run()
  } catch (cause) {
    if (cause instanceof FrameError) return cause.reason
    throw cause
  }
  return 'accepted'
}

test('every frame comes back as it went', () => {
  fc.assert(
    fc.property(frame, (sent) => {
      const got = decodeFrame(encodeFrame(sent), sent.sequence)
      expect({ ...got, payload: [...got.payload] }).toEqual({ ...sent, payload: [...sent.payload] })
    }),
  )
})

test('any bytes are a frame or a FrameError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), u32, (bytes, expected) => {
      const reason = reasonOf(() => decodeFrame(new Uint8Array(bytes), expected))
      if (reason === 'accepted') expect(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)).toBe(expected)
    }),
    { numRuns: 2000 },
  )
})

test('any single flipped header byte of a control frame is noticed', () => {
  const good = encodeFrame({ sequence: 7, type: 'control', stream: 0, payload: new Uint8Array(3) })
  for (let at = 0; at < 7; at++) {
    const bad = new Uint8Array(good)
    bad[at] = 0xff
    expect(reasonOf(() => decodeFrame(bad, 7))).not.toBe('accepted')
  }
})

describe('refused frames say why', () => {
  test.each([
    ['short', new Uint8Array(6)],
    ['out-of-order', raw(4, 0, 0)],
    ['out-of-order', raw(6, 0, 0)],
    ['unknown-type', raw(5, FRAME_TYPES.length, 0)],
    ['stream', raw(5, FRAME_TYPES.indexOf('control'), 1)],
    ['oversized', raw(5, FRAME_TYPES.indexOf('beat'), 0, 1)],
    ['oversized', raw(5, FRAME_TYPES.indexOf('control'), 0, MAX_CONTROL + 1)],
    ['oversized', raw(5, FRAME_TYPES.indexOf('file'), 9, MAX_FRAME_PAYLOAD + 1)],
  ])('%s', (reason, bytes) => {
    expect(reasonOf(() => decodeFrame(bytes, 5))).toBe(reason)
  })

  test('and are not sent either', () => {
    const payload = new Uint8Array(MAX_FRAME_PAYLOAD + 1)
    expect(reasonOf(() => encodeFrame({ sequence: 0, type: 'file', stream: 1, payload }))).toBe('oversized')
    expect(reasonOf(() => encodeFrame({ sequence: 0, type: 'file', stream: 0x1_0000, payload: raw(0, 0, 0) }))).toBe(
      'stream',
    )
  })
})

test('the largest payload passes', () => {
  const payload = new Uint8Array(MAX_FRAME_PAYLOAD)
  expect(decodeFrame(encodeFrame({ sequence: 0, type: 'board', stream: 0xffff, payload }), 0).payload.length).toBe(
    payload.length,
  )
})

test('memory that is given is used, and the same array for frames of one length', () => {
  const of = (bytes: number, into?: Uint8Array<ArrayBuffer>) =>
    encodeFrame({ sequence: bytes, type: 'file', stream: 1, payload: new Uint8Array(bytes) }, into)
  const first = of(100, new Uint8Array(200))
  expect(first.buffer.byteLength).toBe(200)
  expect(of(100, first)).toBe(first)
  const shorter = of(50, first)
  expect(shorter.buffer).toBe(first.buffer)
  expect(decodeFrame(shorter, 50).payload.length).toBe(50)
  expect(decodeFrame(of(150, shorter), 150).payload.length).toBe(150)
  expect(of(300, first).buffer).not.toBe(first.buffer)
})

test('the sequence starts again after 2^32 frames', () => {
  expect(nextSequence(41)).toBe(42)
  expect(nextSequence(0xffff_ffff)).toBe(0)
})
