import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import type { CaseEntry, CaseEvent } from '../../../desk/case/case-entry.ts'
import { ledgerOf } from '../../../desk/case/consent-ledger.ts'
import { timelineOf } from '../../../desk/case/timeline.ts'
import { type Consent, ConsentId } from '../../../protocol/consent.ts'

const id = v.parse(ConsentId, 'A'.repeat(22))
const granted: Consent = { id, what: 'recording', to: 'Marie', asked: 10, state: { kind: 'granted', at: 20 } }
const asked: Consent = { ...granted, state: { kind: 'asked' } }
const event = (what: CaseEvent['what'], at: number): CaseEntry => ({ kind: 'event', id: `e-${at}`, what, at })
const told = (consent: Consent) => new Map([[consent.id, consent]])
const standing = (sources: Partial<Parameters<typeof ledgerOf>[0]>) =>
  ledgerOf({ kept: [granted], history: [], now: undefined, inSession: false, ...sources })[0]?.standing

describe('what is open', () => {
  test('holds while the page that is there says so', () => {
    expect(standing({ now: told(granted) })).toEqual({ kind: 'granted', at: 20 })
    expect(standing({ kept: [asked], now: told(asked) })).toEqual({ kind: 'asked' })
  })

  test('holds after a cut, too, if the page says it again', () => {
    expect(standing({ now: told(granted), history: [event('lost', 30)] })).toEqual({ kind: 'granted', at: 20 })
  })

  test('is over where the page that is there does not know of it', () => {
    expect(standing({ now: new Map() })).toEqual({ kind: 'ended', granted: 20, at: undefined, by: 'cut' })
    expect(standing({ kept: [asked], now: new Map() })).toEqual({ kind: 'unanswered', at: undefined })
  })

  test.each([
    ['lost', 'cut'],
    ['customer-left', 'cut'],
    ['ended-by-technician', 'technician'],
    ['ended-by-customer', 'customer'],
  ] as const)('is over when the session was %s, from that moment', (what, by) => {
    const history = [event('lost', 5), event('connected', 6), event(what, 40), event('ended-by-customer', 50)]
    expect(standing({ history })).toEqual({ kind: 'ended', granted: 20, at: 40, by })
  })

  test('is read by a colleague as holding while the session that it belongs to goes on', () => {
    expect(standing({ inSession: true })).toEqual({ kind: 'granted', at: 20 })
    expect(standing({ inSession: true, history: [event('lost', 30)] })).toMatchObject({ kind: 'ended', at: 30 })
  })
})

test('what is over reads as the page told it', () => {
  const ended: Consent = { ...granted, state: { kind: 'ended', granted: 20, at: 25, by: 'customer' } }
  expect(standing({ kept: [ended] })).toEqual(ended.state)
  expect(standing({ kept: [{ ...granted, state: { kind: 'withdrawn', at: 11 } }] })).toEqual({
    kind: 'unanswered',
    at: 11,
  })
})

test('the timeline says what was allowed, refused and ended; of the screen only that it was refused', () => {
  const ended: Consent = { ...granted, state: { kind: 'ended', granted: 20, at: 25, by: 'customer' } }
  const refused: Consent = { ...granted, what: 'screen', state: { kind: 'refused', at: 12 } }
  const shown: Consent = { ...granted, what: 'screen', state: { kind: 'granted', at: 13 } }
  const ledger = ledgerOf({ kept: [ended, refused, shown], history: [], now: told(shown), inSession: true })
  const lines = timelineOf({ events: [], history: [], ledger })
  expect(lines.map((line) => line.kind === 'consent' && `${line.line.what} ${line.what} ${line.at}`)).toEqual([
    'screen refused 12',
    'recording granted 20',
    'recording ended 25',
  ])
})
