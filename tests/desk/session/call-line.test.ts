import * as v from 'valibot'
import { expect, test } from 'vitest'
import { callLine } from '../../../desk/session/call-line.ts'
import type { Call } from '../../../peer/call/call-rules.ts'
import { CallId } from '../../../protocol/call.ts'

const id = v.parse(CallId, 'A'.repeat(22))
const theirs = { microphone: 'on', camera: 'none' } as const
const none: Call = { kind: 'none', last: undefined }
const asking: Call = { kind: 'asking', id, video: false, since: 10 }
const ringing: Call = { kind: 'ringing', id, video: false, since: 10, theirs }
const on: Call = { kind: 'on', id, since: 20, theirs }

const linesOf = (...calls: Call[]) => {
  const lineOf = callLine(() => {})
  return calls.flatMap((call, index) => lineOf(call, 100 + index) ?? [])
}

test('a call leaves one line: who called, and how long it was', () => {
  expect(linesOf(none, asking, asking, on, on, none, none)).toEqual([{ what: 'call-to-customer', lastedMs: 85 }])
  expect(linesOf(ringing, on, none)).toEqual([{ what: 'call-from-customer', lastedMs: 82 }])
})

test('one that was not taken up has no length, and the next one begins anew', () => {
  expect(linesOf(asking, none, ringing, none, ringing, on, none)).toEqual([
    { what: 'call-to-customer', lastedMs: undefined },
    { what: 'call-from-customer', lastedMs: undefined },
    { what: 'call-from-customer', lastedMs: 86 },
  ])
})

test('one that did not ring leaves no line', () => {
  const rested: Call = { kind: 'none', last: { kind: 'resting', ms: 8000 } }
  expect(linesOf(asking, rested, asking, on, none)).toEqual([{ what: 'call-to-customer', lastedMs: 84 }])
})

test('a call is kept from the moment that it is taken up until it is over, once each', () => {
  const kept: unknown[] = []
  const lineOf = callLine((call) => kept.push(call))
  for (const call of [none, asking, none, ringing]) lineOf(call, 100)
  expect(kept).toEqual([])
  for (const call of [on, { ...on }, none, none]) lineOf(call, 100)
  expect(kept).toEqual([{ what: 'call-from-customer', since: 20 }, undefined])
})
