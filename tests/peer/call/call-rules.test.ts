import * as v from 'valibot'
import { expect, test } from 'vitest'
import { type Call, type CallEvent, nextCall } from '../../../peer/call/call-rules.ts'
import { randomId } from '../../../peer/random-id.ts'
import { type CallDevices, CallId } from '../../../protocol/call.ts'

const [A = '', B = ''] = [randomId(), randomId()].toSorted()
const [FIRST, SECOND] = [v.parse(CallId, A), v.parse(CallId, B)]
const BOTH: CallDevices = { microphone: 'on', camera: 'on' }
const VOICE: CallDevices = { microphone: 'on', camera: 'none' }
const NONE: Call = { kind: 'none', last: undefined }
const asking: Call = { kind: 'asking', id: FIRST, video: true, since: 1 }
const ringing: Call = { kind: 'ringing', id: FIRST, video: true, since: 1, theirs: BOTH }
const talking: Call = { kind: 'on', id: FIRST, since: 1, theirs: BOTH }

const step = (call: Call, event: CallEvent) => nextCall(call, event, VOICE, 2)
const said = (call: Call, event: CallEvent) => step(call, event).say.map(({ type, id }) => [type, id])
const accepted = { kind: 'accepted', with: BOTH } as const
const asked = (id: CallId, busy = false): CallEvent => ({ type: 'asked', id, video: true, with: BOTH, busy })

test('S9 one asks, the other accepts: both are in the call, and know with what', () => {
  const { call, say } = step(NONE, { type: 'ask', id: FIRST, video: true })
  expect(call).toMatchObject({ kind: 'asking', id: FIRST })
  expect(say).toEqual([{ type: 'call-ask', id: FIRST, video: true, with: VOICE }])
  expect(step(call, { type: 'answered', id: FIRST, answer: accepted }).call).toMatchObject({ kind: 'on', theirs: BOTH })
  const there = step(NONE, asked(FIRST)).call
  expect(there).toMatchObject({ kind: 'ringing', video: true })
  expect(step(there, { type: 'accept' })).toMatchObject({
    call: { kind: 'on', id: FIRST, theirs: BOTH },
    say: [{ type: 'call-answer', id: FIRST, answer: { kind: 'accepted', with: VOICE } }],
  })
})

test('S9 both ask at once: one call, the same on both sides, that ends for both by either of its ids', () => {
  const here = step({ ...asking, id: FIRST }, asked(SECOND)).call
  const there = step({ ...asking, id: SECOND }, asked(FIRST)).call
  expect([here, there]).toMatchObject([
    { kind: 'on', id: FIRST, also: SECOND },
    { kind: 'on', id: FIRST, also: SECOND },
  ])
  expect(step(here, { type: 'ended', id: SECOND }).call).toEqual({ kind: 'none', last: { kind: 'there' } })
  expect(said(here, { type: 'end' })).toEqual([
    ['call-end', FIRST],
    ['call-end', SECOND],
  ])
})

test('S9 an answer after the question was taken back ends the call there; a second answer changes nothing', () => {
  const taken = step(asking, { type: 'end' }).call
  expect(taken).toEqual({ kind: 'none', last: { kind: 'here' } })
  expect(said(taken, { type: 'answered', id: FIRST, answer: accepted })).toEqual([['call-end', FIRST]])
  expect(step(taken, { type: 'answered', id: FIRST, answer: { kind: 'declined' } })).toEqual({ call: taken, say: [] })
  expect(step(talking, { type: 'answered', id: FIRST, answer: { kind: 'declined' } }).call).toBe(talking)
  expect(step(talking, { type: 'accept' }).call).toBe(talking)
})

test('S9 declined, busy, without a device, not answered, missed: each is told apart', () => {
  const last = (call: Call, event: CallEvent) => step(call, event).call
  expect(last(asking, { type: 'answered', id: FIRST, answer: { kind: 'declined' } })).toMatchObject({
    last: { kind: 'declined' },
  })
  expect(last(asking, { type: 'answered', id: FIRST, answer: { kind: 'no-device', why: 'no-device' } })).toMatchObject({
    last: { kind: 'no-device', why: 'no-device' },
  })
  expect(last(asking, { type: 'expired' })).toMatchObject({ last: { kind: 'no-answer' } })
  expect(last(ringing, { type: 'expired' })).toMatchObject({ last: { kind: 'missed' } })
  expect(last(ringing, { type: 'ended', id: FIRST })).toMatchObject({ last: { kind: 'missed' } })
  expect(step(NONE, asked(FIRST, true))).toEqual({
    call: NONE,
    say: [{ type: 'call-answer', id: FIRST, answer: { kind: 'busy' } }],
  })
  expect(step(talking, asked(SECOND)).say).toEqual([{ type: 'call-answer', id: SECOND, answer: { kind: 'busy' } }])
})

test('S9 S13 on a new link the question is asked again, an answer that was lost is given again, and what is over there ends here', () => {
  expect(said(asking, { type: 'linked' })).toEqual([['call-ask', FIRST]])
  expect(said(talking, { type: 'linked' })).toEqual([['call-state', FIRST]])
  expect(said(talking, asked(FIRST))).toEqual([['call-answer', FIRST]])
  expect(step(ringing, asked(FIRST)).call).toMatchObject({ kind: 'ringing', since: 1 })
  expect(said(NONE, { type: 'told', id: FIRST, with: BOTH })).toEqual([['call-end', FIRST]])
  expect(step(talking, { type: 'told', id: FIRST, with: VOICE }).call).toMatchObject({ theirs: VOICE })
})

test('S9 the end of a session ends a call, and a question rings no more', () => {
  expect(step(talking, { type: 'over', why: 'lost' }).call).toEqual({ kind: 'none', last: { kind: 'lost' } })
  expect(step(ringing, { type: 'over', why: 'lost' }).call).toEqual({ kind: 'none', last: { kind: 'missed' } })
  expect(step(NONE, { type: 'over', why: 'lost' }).call).toBe(NONE)
})
