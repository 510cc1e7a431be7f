import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { MAX_RELAY_DATA } from '../../protocol/limits.ts'
import { Relay } from '../../protocol/socket.ts'
import { RelayForm } from '../../signalling/messages/relay-form.ts'

const entry = fc.oneof(
  fc.constantFrom(
    'relay',
    'Relay',
    '',
    'A'.repeat(22),
    'A'.repeat(23),
    `${'A'.repeat(21)}+`,
    'x'.repeat(MAX_RELAY_DATA),
  ),
  fc.constant('x'.repeat(MAX_RELAY_DATA + 1)),
  fc.string(),
  fc.jsonValue(),
)
const good = fc.record({
  type: fc.constant('relay'),
  ticket: fc.stringMatching(/^[A-Za-z0-9_-]{22}$/),
  data: fc.string({ minLength: 1 }),
})
/** Relays with keys spoilt, missing and added, and any other JSON. */
const candidate = fc.oneof(
  good,
  fc
    .tuple(good, fc.dictionary(fc.constantFrom('type', 'ticket', 'data', 'extra', '__proto__', 'toString'), entry))
    .map(([relay, spoilt]) => ({ ...relay, ...spoilt })),
  fc
    .tuple(good, fc.constantFrom('type', 'ticket', 'data'))
    .map(([relay, missing]) => Object.fromEntries(Object.entries(relay).filter(([key]) => key !== missing))),
  fc.dictionary(fc.constantFrom('type', 'ticket', 'data', '__proto__'), entry),
  fc.jsonValue(),
)

test('the hot path rules on a relay exactly as the protocol does', () => {
  const verdicts = { yes: 0, no: 0 }
  fc.assert(
    fc.property(candidate, (value) => {
      const json: unknown = JSON.parse(JSON.stringify(value))
      const ruling = v.is(Relay, json)
      verdicts[ruling ? 'yes' : 'no'] += 1
      expect(v.is(RelayForm, json)).toBe(ruling)
    }),
    { numRuns: 5_000 },
  )
  expect(verdicts.yes).toBeGreaterThan(500)
  expect(verdicts.no).toBeGreaterThan(500)
})

test.each([
  '{"type":"relay","ticket":"AAAAAAAAAAAAAAAAAAAAAA","data":"x","__proto__":{}}',
  '{"type":"relay","ticket":"AAAAAAAAAAAAAAAAAAAAAA","__proto__":{"data":"x"}}',
  '{"type":"relay","ticket":"AAAAAAAAAAAAAAAAAAAAAA","data":"x","type":"relay"}',
  '["relay","AAAAAAAAAAAAAAAAAAAAAA","x"]',
])('and on %s', (text) => {
  expect(v.is(RelayForm, JSON.parse(text))).toBe(v.is(Relay, JSON.parse(text)))
})
