import { MAX_RELAY_DATA } from '../../protocol/limits.ts'

/** A relay as `JSON.stringify({ type, ticket, data })` writes it: HEAD, 22 characters, MIDDLE, the data, TAIL. */
const HEAD = Buffer.from('{"type":"relay","ticket":"')
const MIDDLE = Buffer.from('","data":"')
const TAIL = Buffer.from('"}')
const TICKET_END = HEAD.length + 22
const DATA_START = TICKET_END + MIDDLE.length

const QUOTE = 0x22
const BACKSLASH = 0x5c
const LETTER_U = 0x75
/** What may stand behind a backslash, besides `u` and four digits. */
const ESCAPABLE = new Set(Buffer.from('"\\/bfnrt'))

/**
 * The ticket of a relay in its usual spelling, read from the bytes without making anything of the data: parsing would cost
 * more than relaying. Never says yes where `Relay` says no, as long as the ticket is one that exists (a test holds the two
 * together); where it says undefined, the message is read as any other.
 * @param bytes valid UTF-8.
 */
export function relayTicket(bytes: Buffer): string | undefined {
  const end = bytes.length - TAIL.length
  const length = end - DATA_START
  if (length < 1 || length > MAX_RELAY_DATA) return undefined
  if (!stands(HEAD, bytes, 0) || !stands(MIDDLE, bytes, TICKET_END) || !stands(TAIL, bytes, end)) return undefined
  return isStringBody(bytes, DATA_START, end) ? bytes.toString('latin1', HEAD.length, TICKET_END) : undefined
}

function stands(expected: Buffer, bytes: Buffer, at: number): boolean {
  for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected[i]) return false
  return true
}

/** True when these bytes may stand between the quotes of a JSON string. */
function isStringBody(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i] ?? 0
    if (byte < 0x20 || byte === QUOTE) return false
    if (byte !== BACKSLASH) continue
    i += 1
    const escaped = bytes[i] ?? 0
    if (i >= end) return false
    if (escaped === LETTER_U) {
      if (i + 4 >= end || !/^[0-9a-f]{4}$/i.test(bytes.toString('latin1', i + 1, i + 5))) return false
      i += 4
    } else if (!ESCAPABLE.has(escaped)) {
      return false
    }
  }
  return true
}
