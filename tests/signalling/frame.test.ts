import { describe, expect, test } from 'vitest'
import { textFrame } from '../../signalling/socket/frame.ts'

describe('a text frame', () => {
  test.each([
    [0, [0x81, 0]],
    [1, [0x81, 1]],
    [125, [0x81, 125]],
    [126, [0x81, 126, 0, 126]],
    [256, [0x81, 126, 1, 0]],
    [65_535, [0x81, 126, 255, 255]],
  ])('of %i bytes begins as RFC 6455 has it, and then has the text', (length, head) => {
    const text = Buffer.alloc(length, 'x')
    expect(textFrame(text).equals(Buffer.concat([Buffer.from(head), text]))).toBe(true)
  })

  test('that would need a longer length is not made', () => {
    expect(() => textFrame(Buffer.alloc(65_536))).toThrow(RangeError)
  })
})
