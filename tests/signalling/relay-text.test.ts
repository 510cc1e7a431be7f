import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { MAX_RELAY_DATA } from '../../protocol/limits.ts'
import { Relay } from '../../protocol/socket.ts'
import { relayTicket } from '../../signalling/messages/relay-text.ts'

const TICKET = 'AbCdEfGhIjKlMnOpQrStUv'

const spelling = (data: string) => JSON.stringify({ type: 'relay', ticket: TICKET, data })
/** What the server does with a message that is read as any other. */
function readAsAny(bytes: Buffer): v.InferOutput<typeof Relay> | undefined {
  try {
    const read = v.safeParse(Relay, JSON.parse(bytes.toString()))
    return read.success ? read.output : undefined
  } catch {
    return undefined
  }
}

const anyText = fc.oneof(
  fc.string({ minLength: 1, unit: 'binary' }),
  fc.string({
    minLength: 1,
    unit: fc.constantFrom('"', '\\', '/', 'n', 'u', '0', 'f', 'F', '}', ',', '\n', '\u0000', 'é', '😀'),
  }),
  fc.json(),
)

test('a relay in its usual spelling is always known, whatever its data', () => {
  fc.assert(
    fc.property(anyText, (data) => {
      expect(relayTicket(Buffer.from(spelling(data)))).toBe(TICKET)
    }),
    { numRuns: 2_000 },
  )
})

test('what is known as a relay of this ticket is one for the protocol too', () => {
  const counts = { known: 0, refused: 0 }
  /** Usual spellings with bytes changed, put in and taken out, and raw text between the quotes. */
  const spoilt = fc
    .tuple(
      anyText,
      fc.nat(),
      fc.nat({ max: 3 }),
      fc.oneof(fc.constantFrom('"', '\\', '\\u12', '{', '}', '\n', ' ', ',"x":1'), fc.string()),
    )
    .map(([data, at, cut, put]) => {
      const text = spelling(data)
      const place = at % text.length
      return text.slice(0, place) + put + text.slice(place + cut)
    })
  const raw = anyText.map((data) => `{"type":"relay","ticket":"${TICKET}","data":"${data}"}`)
  fc.assert(
    fc.property(fc.oneof(spoilt, raw), (text) => {
      const bytes = Buffer.from(text)
      const ticket = relayTicket(bytes)
      counts[ticket === undefined ? 'refused' : 'known'] += 1
      if (ticket === TICKET) expect(readAsAny(bytes)?.ticket).toBe(TICKET)
    }),
    { numRuns: 20_000 },
  )
  expect(counts.known).toBeGreaterThan(2_000)
  expect(counts.refused).toBeGreaterThan(2_000)
})

test.each(['', 'x'.repeat(MAX_RELAY_DATA + 1)])(
  'data of no length, or of too much, is left to the protocol',
  (data) => {
    expect(relayTicket(Buffer.from(spelling(data)))).toBeUndefined()
  },
)

test('the largest data is known', () => {
  expect(relayTicket(Buffer.from(spelling('x'.repeat(MAX_RELAY_DATA))))).toBe(TICKET)
})
