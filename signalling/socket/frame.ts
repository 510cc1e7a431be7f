const FINAL_TEXT = 0x81
/** Longer lengths stand in the two bytes behind this one. */
const TWO_BYTE_LENGTH = 126
const LONGEST = 0xffff

/**
 * A whole text message as one WebSocket frame, unmasked, as servers send it (RFC 6455, 5.2).
 * @param text valid UTF-8, at most 65 535 bytes: more than any message may have here.
 */
export function textFrame(text: Buffer): Buffer {
  const { length } = text
  if (length > LONGEST) throw new RangeError('too long for this kind of frame')
  const short = length < TWO_BYTE_LENGTH
  const start = short ? 2 : 4
  const frame = Buffer.allocUnsafe(start + length)
  frame[0] = FINAL_TEXT
  frame[1] = short ? length : TWO_BYTE_LENGTH
  if (!short) frame.writeUInt16BE(length, 2)
  text.copy(frame, start)
  return frame
}
