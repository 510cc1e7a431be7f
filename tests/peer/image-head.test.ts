import { expect, test } from 'vitest'
import { readImageHead } from '../../peer/image-head.ts'

const from = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))

const PNG = from('iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==')
const riff = (kind: string, ...rest: number[]) =>
  new Uint8Array([...Buffer.from('RIFF\0\0\0\0WEBP'), ...Buffer.from(kind), 0, 0, 0, 0, ...rest])

test('PNG', () => {
  expect(readImageHead(PNG)).toEqual({ format: 'image/png', width: 3, height: 2 })
})

test('WebP in its three kinds', () => {
  const lossy = riff('VP8 ', 0, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x42, 0x20, 0x03)
  expect(readImageHead(lossy)).toEqual({ format: 'image/webp', width: 0x280, height: 0x320 })
  const lossless = riff('VP8L', 0x2f, 0xff, 0xc4, 0xc7, 0x00)
  expect(readImageHead(lossless)).toMatchObject({ format: 'image/webp', width: 1280, height: 800 })
  const extended = riff('VP8X', 0, 0, 0, 0, 0xff, 0x04, 0x00, 0x1f, 0x03, 0x00)
  expect(readImageHead(extended)).toEqual({ format: 'image/webp', width: 1280, height: 800 })
  expect(readImageHead(riff('VP9 ', ...Array<number>(20).fill(0)))).toBeUndefined()
})

test('JPEG, whatever stands before its picture', () => {
  const head = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2]
  const begin = [0xff, 0xc2, 0, 11, 8, 0x03, 0x20, 0x05, 0x00, 3]
  expect(readImageHead(new Uint8Array([...head, ...begin]))).toEqual({ format: 'image/jpeg', width: 1280, height: 800 })
  expect(readImageHead(new Uint8Array([...head, 0xff, 0xda, 0, 4, 0, 0]))).toBeUndefined()
})

test('what is cut off, or is no picture', () => {
  for (let length = 0; length < 24; length += 1) expect(readImageHead(PNG.subarray(0, length))).toBeUndefined()
  for (const text of ['<svg xmlns="http://www.w3.org/2000/svg"/>', '<html>', 'GIF89a      ', '\xff\xd8\xff']) {
    expect(readImageHead(new Uint8Array(Buffer.from(text, 'latin1')))).toBeUndefined()
  }
  // A segment of no length must not go round for ever.
  expect(
    readImageHead(new Uint8Array([0xff, 0xd8, ...Array.from({ length: 40 }, () => [0xff, 0xe0, 0, 0]).flat()])),
  ).toBeUndefined()
})
