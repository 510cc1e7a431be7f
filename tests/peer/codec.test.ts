import { expect, test } from 'vitest'
import { codecFor, withCodec } from '../../peer/codec.ts'

const FULL_HD = { width: 1920, height: 1080 }

test('large screens are sent in AV1, small ones and what moves in VP8', () => {
  expect(codecFor('automatic', FULL_HD)).toBe('video/AV1')
  expect(codecFor('quality', FULL_HD)).toBe('video/AV1')
  expect(codecFor('speed', FULL_HD)).toBe('video/VP8')
  expect(codecFor('automatic', { width: 1280, height: 720 })).toBe('video/VP8')
  expect(codecFor('automatic', { width: 0, height: 0 })).toBe('video/VP8')
})

const AV1 = { payloadType: 45, mimeType: 'video/AV1', clockRate: 90_000, sdpFmtpLine: 'level-idx=5' }
const agreed = {
  transactionId: '1',
  encodings: [{ active: true, maxBitrate: 7 }],
  codecs: [{ payloadType: 96, mimeType: 'video/VP8', clockRate: 90_000 }, AV1],
  headerExtensions: [],
  rtcp: {},
}

test('the agreed codec is put into every encoding, without its payload type', () => {
  expect(withCodec(agreed, 'video/AV1').encodings).toEqual([
    { active: true, maxBitrate: 7, codec: { mimeType: 'video/AV1', clockRate: 90_000, sdpFmtpLine: 'level-idx=5' } },
  ])
})

test('a codec that the other side does not have changes nothing', () => {
  expect(withCodec(agreed, 'video/H265')).toBe(agreed)
})
